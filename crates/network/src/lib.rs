//! The dissemination network of assessed content.
