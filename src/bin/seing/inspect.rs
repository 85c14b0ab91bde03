use crate::failure::{Result, Status};
use clap::Args;
#[derive(Args)]
pub(crate) struct Options {}
pub(crate) fn run(_options: &Options) -> Result<Status> {
    Ok(Status::Done)
}
