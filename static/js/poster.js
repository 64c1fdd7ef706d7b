// The poster you click becomes the poster on the next page, where view transitions exist.
document.addEventListener("click", (event) => {
  const poster = event.target.closest?.(".film")?.querySelector("img");
  if (poster) poster.style.viewTransitionName = "poster";
});
