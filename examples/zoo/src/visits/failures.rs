//! Everything that can go wrong.

use std::thread;
use std::time::Duration;

use pyrus::exc::{KeyError, OSError, ValueError};
use pyrus::{Error, Result};

use crate::api::{ChokedError, Diet, FeedingError, ZooError};
use crate::closed::ClosedError;

pub fn fail(kind: &str) -> Result<()> {
    Err(match kind {
        "zoo" => ZooError {
            message: "the zoo is \0 \u{1f981}".to_owned(),
        }
        .into(),
        "feeding" => FeedingError {
            food: "hay".to_owned(),
            grams: 7,
        }
        .into(),
        "choked" => ChokedError {
            food: "bone".to_owned(),
            grams: 1,
            animal: "dog".to_owned(),
            diet: Diet::Meat,
            r#where: None,
        }
        .into(),
        "closed" => ClosedError::new(18).into(),
        "value" => ValueError::new("no value").into(),
        "key" => KeyError::new("no key").into(),
        "os" => OSError::new("no file").into(),
        _ => return Ok(()),
    })
}

pub fn fail_one(grams: u32) -> Result<(), FeedingError> {
    if grams > 10 {
        Err(FeedingError {
            food: "ice".to_owned(),
            grams,
        })
    } else {
        Ok(())
    }
}

pub fn fail_builtin(text: &str) -> Result<(), ValueError> {
    if text.is_empty() {
        Ok(())
    } else {
        Err(ValueError::new(text))
    }
}

pub fn chain() -> Result<()> {
    let cause = Error::from(KeyError::new("first")).with_cause(ValueError::new("deepest").into());
    Err(Error::from(ZooError {
        message: "last".to_owned(),
    })
    .with_cause(cause))
}

pub fn panic(text: &str) {
    panic!("{text}");
}

pub fn panic_without_gil() {
    panic!("without the GIL");
}

pub fn hold(seconds: f64) {
    thread::sleep(Duration::from_secs_f64(seconds.clamp(0.0, 10.0)));
}
