;;; lsp-mode.el --- Tests server/editors/emacs/lsp-mode.el on the file that is open  -*- lexical-binding: t -*-

;; Run by run.sh, if lsp-mode is installed.

(require 'cl-lib)
(require 'package)
(require 'seq)

(setq native-comp-deferred-compilation nil
      native-comp-jit-compilation nil)
(package-activate-all)

(defconst test-typo "connect:DescribeUsr")
(defvar test-failed nil)

(defun test-wait (what holds)
  "Let Emacs do other work until HOLDS; WHAT is in the error if it never does."
  (let ((end (+ (float-time) 20)) value)
    (while (not (setq value (funcall holds)))
      (when (> (float-time) end)
        (error "In vain: %s" what))
      (mapc #'timer-event-handler (copy-sequence timer-idle-list))
      (accept-process-output nil 0.02))
    value))

(defmacro test (name &rest body)
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body (princ (format "ok   %s: %s\n" (buffer-name) ,name)))
     (error (setq test-failed t)
            (princ (format "FAIL %s: %s\n%s\n" (buffer-name) ,name (error-message-string problem))))))

(defun test-findings ()
  (seq-filter (lambda (one) (equal (gethash "code" one) "unknown-action"))
              (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics) nil)))

;; Modes of these names stand in for those that are not installed.
(unless (fboundp 'terraform-mode)
  (define-derived-mode terraform-mode prog-mode "Stand-in")
  (add-to-list 'auto-mode-alist '("\\.tf\\'" . terraform-mode)))
(unless (fboundp 'js-json-mode)
  (define-derived-mode js-json-mode js-mode "Stand-in")
  (add-to-list 'auto-mode-alist '("\\.json\\'" . js-json-mode)))

(setq lsp-auto-guess-root t
      lsp-enable-file-watchers nil
      lsp-keep-workspace-alive nil
      lsp-restart 'ignore
      lsp-diagnostics-provider :none
      lsp-enable-suggest-server-download nil
      lsp-session-file (expand-file-name "lsp-session" (getenv "HOME")))
(load (getenv "CONFIG") nil t)
(require 'lsp-mode)
(find-file (getenv "FILE"))
(lsp-workspace-folders-add default-directory)

(test "lsp-mode starts the server"
  (lsp)
  (test-wait "the server is ready"
             (lambda () (seq-find (lambda (one) (eq (lsp--workspace-status one) 'initialized)) (lsp-workspaces)))))

(test "the typo is found, once"
  (test-wait "it is found" #'test-findings)
  (unless (= (length (test-findings)) 1)
    (error "%d findings" (length (test-findings)))))

(test "the code action corrects the typo"
  (goto-char (point-min))
  (search-forward test-typo)
  (backward-char)
  (let* ((before (buffer-string))
         (actions (lsp-code-actions-at-point))
         (action (seq-find (lambda (one) (string-search "connect:DescribeUser`" (gethash "title" one))) actions)))
    (lsp-execute-code-action action)
    (unless (equal (buffer-string) (string-replace test-typo "connect:DescribeUser" before))
      (error "The text is %s" (buffer-string)))
    (test-wait "the finding is gone" (lambda () (null (test-findings))))))

(test "an action is completed"
  (goto-char (point-min))
  (search-forward "connect:DescribeUser")
  (delete-char (- (length "DescribeUser")))
  (insert "ListSecurityK")
  (completion-at-point)
  (unless (string-search "connect:ListSecurityKeys" (buffer-string))
    (error "The text is %s" (buffer-string))))

(test "the server ends when asked to"
  (let* ((workspace (car (lsp-workspaces)))
         (process (lsp--workspace-proc workspace)))
    (with-lsp-workspace workspace (lsp-workspace-shutdown workspace))
    (test-wait "it has ended" (lambda () (not (process-live-p process))))))

(set-buffer-modified-p nil)
(kill-emacs (if test-failed 1 0))

;;; lsp-mode.el ends here
