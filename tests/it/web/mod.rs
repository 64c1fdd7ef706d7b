//! Pages and their answers, in the order of the URL map.

mod edge;
mod film;
mod home;
mod posters;
