//! A herd: every protocol of a container.

use pyrus::BoxIter;
use pyrus::exc::IndexError;

#[derive(Clone, Debug)]
pub struct Herd {
    names: Vec<String>,
}

impl Herd {
    pub fn new(names: Vec<String>) -> Self {
        Self { names }
    }

    pub fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    pub fn walk(&self) -> Walk {
        Walk {
            left: self.names.iter().rev().cloned().collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn bool(&self) -> bool {
        !self.names.is_empty()
    }

    /// Python's way to count: from the end below zero.
    fn place(&self, index: i64) -> Result<usize, IndexError> {
        let len = self.names.len() as i64;
        let place = if index < 0 { index + len } else { index };
        let inside = (0..len).contains(&place);
        if inside {
            Ok(place as usize)
        } else {
            Err(IndexError::new(format!("no animal at {index}")))
        }
    }

    pub fn get_item(&self, index: i64) -> Result<String, IndexError> {
        Ok(self.names[self.place(index)?].clone())
    }

    pub fn set_item(&mut self, index: i64, name: &str) -> Result<(), IndexError> {
        let place = self.place(index)?;
        name.clone_into(&mut self.names[place]);
        Ok(())
    }

    pub fn del_item(&mut self, index: i64) -> Result<(), IndexError> {
        let place = self.place(index)?;
        self.names.remove(place);
        Ok(())
    }

    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    pub fn iter(&self) -> BoxIter<String> {
        BoxIter::new(self.names.clone())
    }

    pub fn call(&self, loud: bool) -> Vec<String> {
        self.names
            .iter()
            .map(|name| {
                if loud {
                    name.to_uppercase()
                } else {
                    name.clone()
                }
            })
            .collect()
    }

    pub fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }

    pub fn ne(&self, other: &Self) -> bool {
        self.names != other.names
    }

    pub fn add(&self, other: &Self) -> Self {
        Self {
            names: [&self.names[..], &other.names[..]].concat(),
        }
    }

    pub fn iadd(&mut self, other: &Self) {
        self.names.extend_from_slice(&other.names);
    }
}

#[derive(Debug)]
pub struct Walk {
    left: Vec<String>,
}

impl Walk {
    pub fn next(&mut self) -> Option<String> {
        self.left.pop()
    }
}
