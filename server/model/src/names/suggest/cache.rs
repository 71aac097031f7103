//! Answers that were found before. What a wrong name was meant to be follows from the shipped data alone, and every
//! keystroke looks up all wrong names of a document again: a file with a hundred of them would cost a hundred milliseconds a keystroke.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many answers are kept; then all are dropped, because what is still needed is soon found again.
const MAX: usize = 4_096;

/// Longer questions, in bytes, are not names, and are not kept.
const LONGEST: usize = 128;

/// Answers by question. For functions of the shipped data only: what a workspace adds changes the answer.
#[derive(Debug)]
pub(crate) struct AnswerCache<T>(Mutex<BTreeMap<String, T>>);

impl<T: Clone> AnswerCache<T> {
    pub(crate) const fn new() -> AnswerCache<T> {
        AnswerCache(Mutex::new(BTreeMap::new()))
    }

    /// The answer to a question, from before or found now.
    pub(crate) fn answer(&self, question: &str, find: impl FnOnce() -> T) -> T {
        if question.len() > LONGEST {
            return find();
        }
        if let Some(answer) = self.known().get(question) {
            return answer.clone();
        }
        // Found without the lock: other files are read meanwhile.
        let answer = find();
        let mut known = self.known();
        if known.len() >= MAX {
            known.clear();
        }
        known.insert(question.to_owned(), answer.clone());
        answer
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once_and_a_full_memo_begins_anew() {
        let memo = AnswerCache::new();
        assert_eq!(memo.answer("a", || 1), 1);
        assert_eq!(memo.answer("a", || 2), 1);
        let long = "a".repeat(LONGEST + 1);
        assert_eq!((memo.answer(&long, || 1), memo.answer(&long, || 2)), (1, 2));
        (0..MAX).for_each(|index| {
            memo.answer(&format!("b{index}"), || 3);
        });
        assert_eq!(memo.answer("a", || 4), 4);
        assert!(memo.known().len() <= MAX);
    }
}
