//! Drawings as SVG: a file a kind of picture, all on one [`Canvas`].

mod axis;
pub mod bar;
pub mod canvas;
mod legend;
pub mod lineage;
pub mod matrix;
pub mod network;
pub mod timeline;

pub use canvas::{Canvas, Lettering, num};
pub use network::Svg;
#[cfg(feature = "png")]
pub(crate) use network::drawing;
