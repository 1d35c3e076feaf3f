//! What a text is filled with: whole numbers stay numbers, since plural forms are chosen by them, and everything else is
//! shown. `t!` calls `(&Shown(&value)).value()`: a number has the method at once, anything else one reference further.

use std::fmt::Display;

use fluent_bundle::FluentValue;

/// A value on its way into a text.
#[derive(Debug)]
pub struct Shown<'a, T: ?Sized>(pub &'a T);

/// Whole numbers.
pub trait Number {
    fn value(&self) -> FluentValue<'static>;
}

/// Everything that can be shown.
pub trait Words {
    fn value(&self) -> FluentValue<'static>;
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Number for Shown<'_, $type> {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(*self.0)
            }
        }
        impl Number for Shown<'_, &$type> {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(**self.0)
            }
        }
    )*};
}

numbers! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }

impl<T: Display + ?Sized> Words for &Shown<'_, T> {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.0.to_string())
    }
}
