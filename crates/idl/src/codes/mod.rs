//! Codes of diagnostics.

/// Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// Id
    pub id: &'static str,
}
impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

pub(crate) const YAML: Code = Code { id: "B0001" };
pub(crate) const EMPTY_FILE: Code = Code { id: "B0002" };
pub(crate) const ANCHOR: Code = Code { id: "B0003" };
pub(crate) const TOO_DEEP: Code = Code { id: "B0004" };
pub(crate) const DUPLICATE_KEY: Code = Code { id: "B0005" };
pub(crate) const UNKNOWN_KEY: Code = Code { id: "B0006" };
pub(crate) const WRONG_KIND: Code = Code { id: "B0007" };
pub(crate) const MISSING_KEY: Code = Code { id: "B0008" };
pub(crate) const UNKNOWN_WORD: Code = Code { id: "B0009" };
pub(crate) const NUMBER_RANGE: Code = Code { id: "B0010" };
pub(crate) const IDL_VERSION: Code = Code { id: "B0011" };
pub(crate) const EXTENSION_NAME: Code = Code { id: "B0012" };
pub(crate) const UNREADABLE: Code = Code { id: "B0013" };
pub(crate) const INCLUDE_PATH: Code = Code { id: "B0014" };
pub(crate) const INCLUDE_TWICE: Code = Code { id: "B0015" };
pub(crate) const INCLUDE_VERSION: Code = Code { id: "B0016" };
pub(crate) const CONTROL_CHARACTER: Code = Code { id: "B0017" };
pub(crate) const EMPTY_TEXT: Code = Code { id: "B0018" };
pub(crate) const BAD_IDENTIFIER: Code = Code { id: "B0101" };
pub(crate) const PYTHON_KEYWORD: Code = Code { id: "B0102" };
pub(crate) const RESERVED_NAME: Code = Code { id: "B0103" };
pub(crate) const UNKNOWN_TYPE: Code = Code { id: "B0104" };
pub(crate) const TYPE_SYNTAX: Code = Code { id: "B0105" };
pub(crate) const TYPE_TOO_DEEP: Code = Code { id: "B0106" };
pub(crate) const TYPE_ARITY: Code = Code { id: "B0107" };
pub(crate) const UNHASHABLE: Code = Code { id: "B0108" };
pub(crate) const ARGUMENT_ONLY: Code = Code { id: "B0109" };
pub(crate) const NOT_NESTABLE: Code = Code { id: "B0110" };
pub(crate) const NONE_POSITION: Code = Code { id: "B0111" };
pub(crate) const UNION_SIZE: Code = Code { id: "B0112" };
pub(crate) const UNION_AMBIGUOUS: Code = Code { id: "B0113" };
pub(crate) const UNION_DUPLICATE: Code = Code { id: "B0114" };
pub(crate) const OPTIONAL_OBJECT: Code = Code { id: "B0115" };
pub(crate) const UNDECLARED_VARIABLE: Code = Code { id: "B0116" };
pub(crate) const UNUSED_VARIABLE: Code = Code { id: "B0117" };
pub(crate) const VARIABLE_RESULT: Code = Code { id: "B0118" };
pub(crate) const BAD_VARIABLE: Code = Code { id: "B0119" };
pub(crate) const ALIAS_CYCLE: Code = Code { id: "B0120" };
pub(crate) const SELF_OUTSIDE: Code = Code { id: "B0121" };
pub(crate) const BUFFER_ELEMENT: Code = Code { id: "B0122" };
pub(crate) const TYPE_OF_ELEMENT: Code = Code { id: "B0123" };
pub(crate) const NOT_A_TYPE: Code = Code { id: "B0124" };
pub(crate) const RUST_PATH: Code = Code { id: "B0125" };
pub(crate) const RUST_NAME: Code = Code { id: "B0126" };
pub(crate) const RUST_CLASH: Code = Code { id: "B0127" };
pub(crate) const NAME_CLASH: Code = Code { id: "B0128" };
pub(crate) const MEMBER_CLASH: Code = Code { id: "B0129" };
pub(crate) const BUILTIN_NAME: Code = Code { id: "B0130" };
pub(crate) const UNION_FORM: Code = Code { id: "B0131" };
pub(crate) const FIELD_TYPE: Code = Code { id: "B0132" };
pub(crate) const VALUE_SYNTAX: Code = Code { id: "B0201" };
pub(crate) const VALUE_TYPE: Code = Code { id: "B0202" };
pub(crate) const VALUE_RANGE: Code = Code { id: "B0203" };
pub(crate) const UNKNOWN_MEMBER: Code = Code { id: "B0204" };
pub(crate) const PARAMETER_TYPE: Code = Code { id: "B0205" };
pub(crate) const REQUIRED_AFTER_DEFAULT: Code = Code { id: "B0206" };
pub(crate) const DUPLICATE_PARAMETER: Code = Code { id: "B0207" };
pub(crate) const BAD_SEPARATOR: Code = Code { id: "B0208" };
pub(crate) const REST_ORDER: Code = Code { id: "B0209" };
pub(crate) const REST_DEFAULT: Code = Code { id: "B0210" };
pub(crate) const RECEIVER_PARAMETER: Code = Code { id: "B0211" };
pub(crate) const TOO_MANY_PARAMETERS: Code = Code { id: "B0212" };
pub(crate) const KIND_CONFLICT: Code = Code { id: "B0213" };
pub(crate) const UNKNOWN_ERROR: Code = Code { id: "B0214" };
pub(crate) const DUPLICATE_ERROR: Code = Code { id: "B0215" };
pub(crate) const GIL_RELEASED: Code = Code { id: "B0216" };
pub(crate) const BORROW: Code = Code { id: "B0217" };
pub(crate) const ONE_OVERLOAD: Code = Code { id: "B0218" };
pub(crate) const OVERLOAD_NAMES: Code = Code { id: "B0219" };
pub(crate) const VIEW_WITHOUT_OWNER: Code = Code { id: "B0220" };
pub(crate) const METHOD_KEY: Code = Code { id: "B0221" };
pub(crate) const BINDING_CONFLICT: Code = Code { id: "B0222" };
pub(crate) const PROTOCOL_SIGNATURE: Code = Code { id: "B0223" };
pub(crate) const PROTOCOL_BINDING: Code = Code { id: "B0224" };
pub(crate) const UNKNOWN_PROTOCOL: Code = Code { id: "B0225" };
pub(crate) const HASH_WITHOUT_EQ: Code = Code { id: "B0226" };
pub(crate) const EQ_ONLY: Code = Code { id: "B0227" };
pub(crate) const PROTOCOL_PAIR: Code = Code { id: "B0228" };
pub(crate) const FEATURE_NAME: Code = Code { id: "B0229" };
pub(crate) const DUPLICATE_PLATFORM: Code = Code { id: "B0230" };
pub(crate) const NEW_RETURNS: Code = Code { id: "B0231" };
pub(crate) const VIEW_KEYS: Code = Code { id: "B0301" };
pub(crate) const KEYS_WITHOUT_VIEW: Code = Code { id: "B0302" };
pub(crate) const UNKNOWN_OWNER: Code = Code { id: "B0303" };
pub(crate) const VIEW_OF_VIEW: Code = Code { id: "B0304" };
pub(crate) const MISSING_RUST: Code = Code { id: "B0305" };
pub(crate) const RECEIVER: Code = Code { id: "B0306" };
pub(crate) const DESTROY_VIEW: Code = Code { id: "B0307" };
pub(crate) const NEW_ON_VIEW: Code = Code { id: "B0308" };
pub(crate) const UNIQUE_ON_VIEW: Code = Code { id: "B0309" };
pub(crate) const SLOT_TYPE: Code = Code { id: "B0310" };
pub(crate) const SETTER_RECEIVER: Code = Code { id: "B0311" };
pub(crate) const RECORD_RECURSION: Code = Code { id: "B0401" };
pub(crate) const EMPTY_ENUM: Code = Code { id: "B0402" };
pub(crate) const ENUM_VALUE: Code = Code { id: "B0403" };
pub(crate) const DUPLICATE_VALUE: Code = Code { id: "B0404" };
pub(crate) const FLAG_VALUE: Code = Code { id: "B0405" };
pub(crate) const ENUM_RANGE: Code = Code { id: "B0406" };
pub(crate) const ERROR_CYCLE: Code = Code { id: "B0407" };
pub(crate) const UNKNOWN_BASE: Code = Code { id: "B0408" };
pub(crate) const MESSAGE_FORMAT: Code = Code { id: "B0409" };
pub(crate) const MESSAGE_FIELD: Code = Code { id: "B0410" };
pub(crate) const ERROR_FIELD: Code = Code { id: "B0411" };
pub(crate) const CONSTANT_SOURCE: Code = Code { id: "B0412" };
pub(crate) const CONSTANT_TYPE: Code = Code { id: "B0413" };
pub(crate) const MEMBER_NAME: Code = Code { id: "B0414" };
pub(crate) const MODULE_NAME: Code = Code { id: "B0501" };
pub(crate) const EXTERN_HOLD: Code = Code { id: "B0502" };
