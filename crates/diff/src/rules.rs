//! Every kind of change, its grade, and why it has that grade.

/// What a release must be called that contains a change, by semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// No program notices.
    Patch,
    /// Programs can do more than before; none stops working.
    Minor,
    /// A program that worked may stop working.
    Major,
}

impl Grade {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Patch => "patch",
            Grade::Minor => "minor",
            Grade::Major => "major",
        }
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name, `argument-narrowed`.
    pub id: &'static str,
    /// How bad it is.
    pub grade: Grade,
    /// Why.
    pub reason: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $grade:ident, $reason:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { id: $id, grade: Grade::$grade, reason: $reason };)*

        /// Every rule.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // Items
    EXTENSION = "extension-renamed", Major, "imports of the old name fail";
    PUBLIC = "public-module-changed", Major, "pickles and messages name another module";
    REMOVED = "removed", Major, "programs that use it fail";
    RENAMED = "renamed", Major, "programs that use the old name fail";
    ADDED = "added", Minor, "programs can use it";
    SHAPE = "shape-changed", Major, "it is used in another way";
    DOC = "doc-changed", Patch, "only documentation changed";
    IMPLEMENTATION = "implementation-changed", Patch, "another Rust item does the work";
    DEPRECATED = "deprecated", Minor, "it works, but warns";
    UNDEPRECATED = "deprecation-removed", Patch, "it no longer warns";
    DEPRECATION = "deprecation-text-changed", Patch, "the warning has another text";
    PLATFORM_REMOVED = "platform-removed", Major, "it no longer exists on a platform";
    PLATFORM_ADDED = "platform-added", Minor, "it exists on more platforms";
    FEATURE_ADDED = "feature-required", Major, "it exists only in builds with the feature";
    FEATURE_REMOVED = "feature-dropped", Minor, "it exists in every build";

    // Parameters
    PARAMETER_REMOVED = "parameter-removed", Major, "calls that pass it fail";
    PARAMETER_REQUIRED = "parameter-added-required", Major, "calls without it fail";
    PARAMETER_OPTIONAL = "parameter-added-optional", Minor, "calls may pass it";
    PARAMETER_RENAMED = "parameter-renamed", Major, "calls that pass it by name fail";
    PARAMETER_RENAMED_POSITIONAL = "positional-parameter-renamed", Patch, "no call can name it";
    PARAMETER_MOVED = "parameter-moved", Major, "positional calls pass it something else";
    KIND_NARROWED = "parameter-kind-narrowed", Major, "it can be passed in fewer ways";
    KIND_WIDENED = "parameter-kind-widened", Minor, "it can be passed in more ways";
    DEFAULT_REMOVED = "default-removed", Major, "calls without the parameter fail";
    DEFAULT_ADDED = "default-added", Minor, "calls may leave the parameter out";
    DEFAULT_CHANGED = "default-changed", Major, "calls without the parameter do something else";
    ARGUMENT_NARROWED = "argument-narrowed", Major, "values that were accepted are refused";
    ARGUMENT_WIDENED = "argument-widened", Minor, "more values are accepted";
    ARGUMENT_CHANGED = "argument-changed", Major, "other values are accepted";

    // Functions
    RETURN_NARROWED = "return-narrowed", Minor, "every result is one that callers knew";
    RETURN_WIDENED = "return-widened", Major, "callers get values they did not know";
    RETURN_CHANGED = "return-changed", Major, "callers get other values";
    RETURN_GAINED = "return-gained", Minor, "callers that ignored the result still can";
    RETURN_RANGE = "return-range-changed", Minor, "the Python type is the same, its range or precision is not";
    RAISES_ADDED = "raises-added", Major, "callers do not handle the exception";
    RAISES_NARROWED = "raises-subclass-added", Minor, "handlers of its base handle it";
    RAISES_REMOVED = "raises-removed", Minor, "handlers are no longer needed";
    GIL_RELEASED = "gil-released", Minor, "other threads run during the call";
    GIL_HELD = "gil-held", Major, "a thread that the call waits for no longer runs";
    BINDING = "binding-changed", Major, "it is called on something else";
    RECEIVER_STRICTER = "receiver-stricter", Major, "calls raise while another one uses the object, or use it up";
    RECEIVER_LOOSER = "receiver-looser", Minor, "calls no longer exclude others, or leave the object usable";
    STRICT = "equality-strictness-changed", Major, "comparison with other types answers something else";
    OVERLOAD_REMOVED = "overload-removed", Major, "type checkers refuse calls they accepted";
    OVERLOAD_ADDED = "overload-added", Minor, "type checkers accept more calls";

    // Classes
    HOLD = "ownership-changed", Major, "the object owns, shares or borrows its contents differently";
    OWNER = "owner-changed", Major, "another object is kept alive and decides when the view is stale";
    CONSTRUCTOR_REMOVED = "constructor-removed", Major, "the class can no longer be called";
    CONSTRUCTOR_ADDED = "constructor-added", Minor, "the class can be called";
    DESTROY_REMOVED = "destroy-removed", Major, "`destroy()` and `with` fail";
    DESTROY_ADDED = "destroy-added", Minor, "contents can be released early";
    SUBCLASS_REMOVED = "subclassing-removed", Major, "subclasses cannot be made";
    SUBCLASS_ADDED = "subclassing-added", Minor, "subclasses can be made";
    WEAKREF_REMOVED = "weakref-removed", Major, "weak references cannot be made";
    WEAKREF_ADDED = "weakref-added", Minor, "weak references can be made";
    IDENTITY_REMOVED = "identity-removed", Major, "one Rust object may be several Python objects";
    IDENTITY_ADDED = "identity-added", Minor, "one Rust object is one Python object";
    SETTER_REMOVED = "setter-removed", Major, "assignments fail";
    SETTER_ADDED = "setter-added", Minor, "assignments work";

    // Records, enums, errors, constants, aliases
    FROZEN = "record-frozen", Major, "assignments to fields fail";
    UNFROZEN = "record-unfrozen", Major, "objects are no longer hashable";
    LIVE = "record-live", Major, "reading gives views instead of copies, and equal records hash differently";
    NOT_LIVE = "record-not-live", Major, "changes of what was read no longer reach the record";
    SEXP = "sexp-changed", Major, "files are read and written in another way";
    FIELD_ORDER = "field-order-changed", Minor, "`repr` and iteration over fields show another order";
    MEMBER_VALUE = "member-value-changed", Major, "stored and compared values mean something else";
    MEMBER_ORDER = "member-order-changed", Minor, "iteration over the enum has another order";
    ENUM_KIND = "enum-kind-changed", Major, "members are values of another type";
    BASE_CHANGED = "base-changed", Major, "handlers of the old base no longer catch it";
    BASE_NARROWED = "base-narrowed", Minor, "handlers of the old base still catch it";
    MESSAGE = "message-changed", Patch, "the exception has another text";
    VALUE = "value-changed", Minor, "the constant has another value of its type";
    ALIAS = "alias-changed", Patch, "what uses the alias is graded itself";
}
