//! The windows of a browser: a page may open another one.

use anyhow::{Context, Result};
use fantoccini::wd::WindowHandle;

use crate::browser::Browser;
use crate::runtime::block_on;

impl Browser {
    /// The window that is looked at.
    ///
    /// # Errors
    /// When it is gone.
    pub fn window(&self) -> Result<WindowHandle> {
        Ok(block_on(self.client().window())?)
    }

    /// The window, other than this one, that a page has opened.
    ///
    /// # Errors
    /// When there is none.
    pub fn other_window(&self) -> Result<WindowHandle> {
        let this = self.window()?;
        let all = block_on(self.client().windows())?;
        all.into_iter().find(|window| *window != this).context("no other window is open")
    }

    /// Opens a window beside this one.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn new_window(&self) -> Result<WindowHandle> {
        Ok(block_on(self.client().new_window(false))?.handle)
    }

    /// Looks at another window.
    ///
    /// # Errors
    /// When it is gone.
    pub fn switch_to(&self, window: &WindowHandle) -> Result<()> {
        block_on(self.client().switch_to_window(window.clone()))?;
        Ok(())
    }

    /// Closes the windows other than this one, which tests that come after would find.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn close_others(&self) -> Result<()> {
        let this = self.window()?;
        while let Ok(other) = self.other_window() {
            self.switch_to(&other)?;
            block_on(self.client().close_window())?;
            self.switch_to(&this)?;
        }
        Ok(())
    }
}
