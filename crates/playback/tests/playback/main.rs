//! The view model on real runs: every view at every entry, forward and backward.

mod below;
mod comparisons;
mod consoles;
mod cuts;
mod everything;
mod filters;
mod frames;
mod headers;
mod holds;
mod labels;
mod ladders;
mod lessons;
mod paces;
mod players;
mod programs;
mod proxies;
mod races;
mod requests;
mod runs;
mod sequences;
mod tables;
mod times;
mod words;
