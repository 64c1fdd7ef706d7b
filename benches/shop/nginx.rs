//! nginx with its page cache in front of the shop, as it is set up by those who want pages fast.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context as _;

use crate::{
    http::Visitor,
    process::{self, Process},
};

/// A running nginx.
#[derive(Debug)]
pub struct Nginx {
    process: Process,
    pub port: u16,
}

impl Nginx {
    /// Nothing where nginx is not installed.
    pub async fn open(folder: &Path, shop_port: u16) -> anyhow::Result<Option<Self>> {
        if !process::is_installed("nginx") {
            return Ok(None);
        }
        let folder = folder.join("nginx");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let port = process::free_port()?;
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration(&folder, port, shop_port)?)?;
        let mut command = Command::new("nginx");
        command.args(["-e", "stderr", "-p"]).arg(&folder).arg("-c").arg(&file).stderr(Stdio::null());
        let mut nginx = Self { process: Process::start(&mut command)?, port };
        nginx.until_ready().await?;
        Ok(Some(nginx))
    }

    /// Those who answer. A master that waits and a loader that ends after a minute cost nothing.
    pub fn workers(&self) -> Vec<u32> {
        let mut pids = process::children(self.process.pid());
        pids.retain(|pid| process::command_line(*pid).contains("worker process"));
        pids
    }

    /// The port is open before there are workers, so one of them has to answer.
    async fn until_ready(&mut self) -> anyhow::Result<()> {
        let has_answer = async |port| Visitor::arrive(port).await?.get("/healthz").await;
        while has_answer(self.port).await.is_err() {
            anyhow::ensure!(!self.process.has_ended(), "nginx did not start");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }
}

/// It runs as the user who runs the benchmark, and keeps every file in `folder`.
fn configuration(folder: &Path, port: u16, shop_port: u16) -> anyhow::Result<String> {
    let id = |kind| -> anyhow::Result<String> {
        let output = Command::new("id").arg(kind).output().context("cannot run id")?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    };
    let user = if id("-u")? == "0" { format!("user {} {};", id("-un")?, id("-gn")?) } else { String::new() };
    let folder = folder.to_str().context("the folder has an odd name")?;
    Ok(format!(
        r#"{user}
daemon off;
pid "{folder}/nginx.pid";
worker_processes auto;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path "{folder}/body";
  proxy_temp_path "{folder}/proxy";
  fastcgi_temp_path "{folder}/fastcgi";
  uwsgi_temp_path "{folder}/uwsgi";
  scgi_temp_path "{folder}/scgi";
  proxy_cache_path "{folder}/cache" keys_zone=pages:10m max_size=100m use_temp_path=off;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{shop_port};
      proxy_http_version 1.1;
      proxy_set_header Host 127.0.0.1:{shop_port};
      proxy_cache pages;
      proxy_cache_key "$request_uri $http_accept_encoding";
      proxy_cache_valid 200 10m;
      proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
      add_header X-Cache $upstream_cache_status;
    }}
  }}
}}
"#
    ))
}
