//! The module `cages.plans`.

use pyrus::{Any, Object, Ref, Result};

use super::Zoo;
use crate::api::cages::plans::{Phase, Plan, PlanError};
use crate::api::{Access, Point, Size};

pub fn draw(zoo: &Zoo, size: Size) -> Plan {
    Plan {
        size,
        at: Some(Point::origin()),
        cost: zoo.len() as u64 * 1000,
    }
}

pub fn build(plan: &Plan, phase: Phase) -> Result<u64, PlanError> {
    match phase {
        Phase::Final => Ok(plan.cost),
        Phase::Sketch => Err(PlanError {
            hour: 0,
            phase,
            scale: plan.size,
            badge: Access::Look | Access::Feed,
        }),
    }
}

pub fn review(
    start: Any<'_>,
    plans: Vec<Ref<'_, Plan>>,
    reviewer: &dyn Fn(Object, Plan) -> Result<Object>,
) -> Result<Object> {
    let mut result = start.to_object();
    for plan in plans {
        result = reviewer(result, (*plan).clone())?;
    }
    Ok(result)
}

pub mod units {
    pub fn metres(feet: f64) -> f64 {
        feet * 0.3048
    }
}

pub mod drafts {
    use pyrus::Ref;

    use super::Plan;

    pub fn count(plans: Vec<Ref<'_, Plan>>) -> u64 {
        plans.len() as u64
    }
}
