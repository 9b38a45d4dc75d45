//! Animals.

use std::hash::{Hash, Hasher};
use std::thread;
use std::time::Duration;

use pyrus::exc::{OverflowError, ValueError};
use pyrus::{Any, Either, Object, Ref, Result, This};

use crate::api::animals::py;
use crate::api::{ChokedError, Diet, FeedingError, Point};
use crate::meal::Meal;

pub const MAX_NAME: u32 = 64;

#[derive(Clone, Debug)]
pub struct Animal {
    name: String,
    weight: f64,
    diet: Diet,
    nickname: Option<String>,
    legs: u8,
}

/// Two animals are the same when they answer to the same name.
impl PartialEq for Animal {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Animal {}

impl Hash for Animal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Animal {
    pub fn new(name: &str, weight: f64, diet: Diet) -> Result<Self, ValueError> {
        if name.is_empty() || name.len() > MAX_NAME as usize {
            return Err(ValueError::new(format!(
                "a name has 1 to {MAX_NAME} bytes, not {}",
                name.len()
            )));
        }
        Ok(Self {
            name: name.to_owned(),
            weight,
            diet,
            nickname: None,
            legs: 4,
        })
    }

    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (name, weight) = text
            .split_once(':')
            .ok_or_else(|| ValueError::new("no `:` in the text"))?;
        let weight = weight
            .parse()
            .map_err(|error| ValueError::new(format!("{weight:?}: {error}")))?;
        Self::new(name, weight, Diet::AnyThing)
    }

    pub fn create(class: Any<'_>, name: Any<'_>) -> Result<Object> {
        class.call(&[name])
    }

    pub fn eat(&mut self, meal: &Meal) -> Result<f64> {
        if meal.diet != self.diet && meal.diet != Diet::AnyThing {
            return Err(FeedingError {
                food: meal.food.clone(),
                grams: meal.grams,
            }
            .into());
        }
        if meal.grams > 1_000_000 {
            return Err(OverflowError::new("no animal eats a ton").into());
        }
        self.weight += meal.kilos();
        Ok(self.weight)
    }

    pub fn choke(&self, meal: &Meal) -> Result<(), ChokedError> {
        Err(ChokedError {
            food: meal.food.clone(),
            grams: meal.grams,
            animal: self.name.clone(),
            diet: self.diet,
            r#where: Some(Point { x: 1.0, y: 2.0 }),
        })
    }

    pub fn describe(&self, shout: bool) -> String {
        let text = format!("{} of {} kg", self.name, self.weight);
        if shout { text.to_uppercase() } else { text }
    }

    pub fn release(self) -> String {
        format!("{} runs away", self.name)
    }

    pub fn twin(&self) -> Self {
        self.clone()
    }

    pub fn heavier(&self, other: Option<&Self>) -> bool {
        other.is_none_or(|other| self.weight > other.weight)
    }

    pub fn old_name(&self) -> String {
        self.name.clone()
    }

    pub fn chase(&mut self, f: &dyn Fn() -> Result<Object>) -> Result<Object> {
        self.weight -= 1.0;
        f()
    }

    pub fn watch(&self, f: &dyn Fn() -> Result<Object>) -> Result<Object> {
        f()
    }

    pub fn sleep(&mut self, seconds: f64) {
        thread::sleep(Duration::from_secs_f64(seconds.clamp(0.0, 10.0)));
        self.weight += 0.5;
    }

    #[cfg(feature = "night")]
    pub fn by_night(&self) -> bool {
        self.diet == Diet::Meat
    }

    pub fn lt(&self, other: &Self) -> bool {
        self.weight < other.weight
    }

    pub fn repr(&self) -> String {
        format!("<Animal {}>", self.name)
    }

    pub fn str(&self) -> String {
        self.name.clone()
    }
}

/// Properties.
impl Animal {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn weight(&self) -> Result<f64, ValueError> {
        if self.weight < 0.0 {
            Err(ValueError::new("it has starved"))
        } else {
            Ok(self.weight)
        }
    }

    pub fn set_weight(&mut self, weight: f64) -> Result<(), ValueError> {
        if !weight.is_finite() {
            return Err(ValueError::new(format!("{weight} kg is no weight")));
        }
        self.weight = weight;
        Ok(())
    }

    pub fn diet(&self) -> Diet {
        self.diet
    }

    pub fn legs(&self) -> u8 {
        self.legs
    }

    pub fn set_legs(&mut self, legs: u8) {
        self.legs = legs;
    }
}

/// The property `nickname`, elsewhere.
pub mod nick {
    use super::Animal;

    pub fn get(animal: &Animal) -> Option<String> {
        animal.nickname.clone()
    }

    pub fn set(animal: &mut Animal, name: Option<&str>) {
        animal.nickname = name.map(str::to_owned);
    }
}

/// Methods that need the Python object and its hidden references.
impl Animal {
    pub fn give(this: This<'_, py::Animal>, toy: Any<'_>) -> Object {
        let old = this.set_slot(py::Animal::TOY, Some(toy.to_object()));
        old.unwrap_or_else(|| Object::none(toy))
    }

    pub fn toy(this: This<'_, py::Animal>) -> Object {
        this.slot(py::Animal::TOY)
            .unwrap_or_else(|| Object::none(this.object()))
    }

    pub fn befriend(this: This<'_, py::Animal>, friend: Any<'_>) {
        let friend = (!friend.is_none()).then(|| friend.to_object());
        drop(this.set_slot(py::Animal::FRIEND, friend));
    }

    pub fn friend(this: This<'_, py::Animal>) -> Object {
        this.slot(py::Animal::FRIEND)
            .unwrap_or_else(|| Object::none(this.object()))
    }

    /// As one of its class, which asks for the extension's state: also where Python made a subclass.
    pub fn myself(this: This<'_, py::Animal>) -> Object {
        let myself = this.cast::<py::Animal>(this.object());
        myself.map_or_else(
            || Object::none(this.object()),
            |animal| animal.object().to_object(),
        )
    }
}

pub fn heaviest(animals: Vec<Ref<'_, Animal>>) -> Option<f64> {
    animals
        .iter()
        .map(|animal| animal.weight)
        .max_by(f64::total_cmp)
}

pub fn pair() -> (Animal, Animal) {
    let animal = |name: &str, diet| Animal {
        name: name.into(),
        weight: 2.0,
        diet,
        nickname: None,
        legs: 4,
    };
    (animal("cat", Diet::Meat), animal("mouse", Diet::AnyThing))
}

pub fn is_animal(kind: Any<'_>) -> Result<bool> {
    Ok(kind.attr("KINGDOM")?.as_any().type_name() == "str")
}

pub fn adopt(who: Either<Ref<'_, Animal>, String>) -> String {
    match who {
        Either::A(animal) => animal.name.clone(),
        Either::B(name) => format!("a new {name}"),
    }
}
