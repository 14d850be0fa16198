//! Captures as tshark reads them.
