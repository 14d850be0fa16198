//! The built page in a real browser. One process runs all of it, so that the tests share browsers.

mod accessibility;
mod capture;
mod chapter;
mod compare;
mod console;
mod deck;
mod embed;
mod engines;
mod filter;
mod fit;
mod hosting;
mod keys;
mod knobs;
mod layout;
mod lessons;
mod links;
mod offline;
mod pictures;
mod playground;
mod playground_form;
mod policy;
mod print;
mod smoke;
