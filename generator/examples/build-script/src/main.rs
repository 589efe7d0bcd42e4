//! A program whose client is generated when it is built, and not checked in.

include!(concat!(env!("OUT_DIR"), "/harbour.rs"));

use harbour::types::Berth;
use harbour::{Client, SetupError};

fn main() -> Result<(), SetupError> {
    let client = Client::builder().build()?;
    // a call is sent when it is awaited
    let _ships = client.ships().flag("SE");
    let berth = Berth::new("north", 4);
    let _assigned = client.assign_berth("Vasa", &berth);
    println!("a client of {berth:?}");
    Ok(())
}
