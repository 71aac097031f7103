;;; test.el --- Works with the server as a person in Emacs does  -*- lexical-binding: t -*-

;; On the file that is open; run by run.sh.

(require 'cl-lib)
(require 'package)
(require 'seq)

;; Nothing is compiled beside the test: that would go on when it has ended.
(setq native-comp-deferred-compilation nil
      native-comp-jit-compilation nil)

;; Debian's packages of Emacs Lisp.
(package-activate-all)

(defconst test-typo "connect:DescribeUsr")
(defconst test-unknown "unknown-action")
(defconst test-limit 20 "Seconds that are waited for anything.")

(defvar test-passed 0)
(defvar test-failed 0)

(defun test-say (format &rest values)
  (princ (concat (apply #'format format values) "\n")))

(defun test-idle ()
  "Do what Emacs does when nobody types, which a batch Emacs never comes to: edits are told to the server then."
  (mapc #'timer-event-handler (copy-sequence timer-idle-list)))

(defun test-wait (what holds)
  "Let Emacs do other work until HOLDS; WHAT it is goes into the error where it never does."
  (let ((end (+ (float-time) test-limit)) value)
    (while (not (setq value (funcall holds)))
      (when (> (float-time) end)
        (error "In vain: %s" what))
      (test-idle)
      (accept-process-output nil 0.02))
    value))

(defun test-equal (got expected)
  (unless (equal got expected)
    (error "%S, expected %S" got expected)))

(defun test-run (name body)
  (let ((problem (condition-case problem (progn (funcall body) nil) (error problem))))
    (cond (problem
           (cl-incf test-failed)
           (test-say "FAIL %s: %s\n%s" (buffer-name) name (error-message-string problem)))
          (t
           (cl-incf test-passed)
           (test-say "ok   %s: %s" (buffer-name) name)))))

(defmacro test (name &rest body)
  (declare (indent 1))
  `(test-run ,name (lambda () ,@body)))

(defun test-find (text)
  "The position of the first TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (match-beginning 0)))

(defun test-replace (text by)
  "Write BY for the first TEXT, point behind it."
  (goto-char (test-find text))
  (delete-char (length text))
  (insert by))

(defun test-lsp (diagnostic)
  "What the server said of a DIAGNOSTIC of flymake's."
  (cdr (assq 'eglot-lsp-diag (flymake-diagnostic-data diagnostic))))

(defun test-findings (&optional code)
  "The findings in this buffer that come from this project, all or those of the rule CODE."
  (seq-filter (lambda (one)
                (and (equal (plist-get (test-lsp one) :source) "connect-policy")
                     (or (null code) (equal (plist-get (test-lsp one) :code) code))))
              (flymake-diagnostics)))

(defun test-only (code)
  (test-wait (concat code " is found") (lambda () (test-findings code)))
  (test-equal (length (test-findings code)) 1)
  (car (test-findings code)))

(defun test-none (code)
  (test-wait (concat code " is gone") (lambda () (null (test-findings code)))))

(defun test-text ()
  (buffer-substring-no-properties (point-min) (point-max)))

(defun test-choose (name)
  "Take NAME from the list of completions, where one has opened because several are offered."
  (when-let ((list (get-buffer "*Completions*")))
    (save-selected-window
      (pop-to-buffer list)
      (goto-char (point-min))
      (re-search-forward (concat "^" (regexp-quote name) "\\_>"))
      (goto-char (match-beginning 0))
      (choose-completion))
    (kill-buffer list)))

(defun test-restore ()
  "The file's text again."
  (erase-buffer)
  (insert-file-contents buffer-file-name)
  (test-only test-unknown))

;;; The file

;; A mode of this name stands in for one that is not installed: Debian has none for Terraform, and Emacs 28 none for JSON.
(defmacro test-stand-in (mode parent pattern)
  `(unless (fboundp ',mode)
     (define-derived-mode ,mode ,parent "Stand-in")
     (add-to-list 'auto-mode-alist '(,pattern . ,mode))))
(test-stand-in terraform-mode prog-mode "\\.tf\\'")
(test-stand-in js-json-mode js-mode "\\.json\\'")

;; As the README says.
(load (getenv "CONFIG") nil t)
(require 'eglot)
(find-file (getenv "FILE"))
(test-say "Emacs %s, eglot of %s, %s%s" emacs-version (file-name-directory (locate-library "eglot")) major-mode
          (if (equal mode-name "Stand-in") ", which stands in for the real one" ""))

(test "eglot starts the server"
  ;; As with M-x eglot.
  (call-interactively #'eglot)
  (test-wait "the buffer is managed" #'eglot-managed-p))
(when (> test-failed 0)
  (kill-emacs 1))

(test "the typo is found, once"
  (let ((finding (test-only test-unknown))
        (start (test-find test-typo)))
    (test-equal (list (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding))
                (list start (+ start (length test-typo))))
    (test-equal (plist-get (test-lsp finding) :severity) 2)))

(test "eldoc tells of an action"
  (goto-char (+ (test-find "connect:ListQueues") 10))
  (eldoc t)
  (test-wait "it is told of"
             (lambda ()
               (when-let ((buffer (seq-find (lambda (one) (string-search "*eldoc" (buffer-name one))) (buffer-list))))
                 (with-current-buffer buffer
                   (string-search "ListQueues" (buffer-string)))))))

(test "the code action corrects the typo"
  (let ((before (test-text))
        (last-nonmenu-event 'a-key)
        (completing-read-function
         (lambda (_prompt actions &rest _)
           (seq-find (lambda (title) (string-search "connect:DescribeUser`" title)) (mapcar #'car actions)))))
    (goto-char (test-find test-typo))
    (call-interactively #'eglot-code-actions)
    (test-equal (test-text) (string-replace test-typo "connect:DescribeUser" before))
    (test-none test-unknown)
    (test-restore)))

(test "an action is taken from the list into the buffer"
  (let ((before (test-text)))
    (test-replace test-typo "connect:ListSecurityK")
    (completion-at-point)
    (test-choose "connect:ListSecurityKeys")
    (test-equal (test-text) (string-replace test-typo "connect:ListSecurityKeys" before))
    (test-none test-unknown)
    (test-restore)))

(test "a finding goes when an edit corrects it and comes back with it"
  (test-replace test-typo "connect:DescribeUser")
  (test-none test-unknown)
  ;; Bit by bit behind wide letters, so that server and editor must count alike.
  (test-replace "connect:DescribeUser" "connect:Déscribe😀Usr")
  (test-wait "a finding is back" #'test-findings)
  (test-replace "Usr" "")
  (test-replace "Déscribe😀" "DescribeUsr")
  (let ((finding (test-only test-unknown)))
    (test-equal (flymake-diagnostic-beg finding) (test-find test-typo))))

(test "the server ends when asked to"
  (let* ((server (eglot-current-server))
         (process (jsonrpc--process server)))
    (eglot-shutdown server)
    (test-wait "it has ended" (lambda () (not (process-live-p process))))))

(test-say "%s: %d passed, %d failed" (buffer-name) test-passed test-failed)
(set-buffer-modified-p nil)
(kill-emacs (if (= test-failed 0) 0 1))

;;; test.el ends here
