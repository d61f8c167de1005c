;;; Opens FILE in Emacs with eglot and `iam-policy language-server --stdio', as a user's configuration would, and writes to
;;; REPORT as JSON what Emacs has then: diagnostics, a hover, completion, titles of code actions, the text after one of them
;;; and after a renaming.
;;; From the environment: COMMAND (JSON list), FILE, REPORT, HOVER, COMPLETE and SID (text behind which point is put), ACTION
;;; (the title of the code action to apply), NAME (what the Sid is renamed to).
;;; Private names of eglot are used where it has no command that works without a person.

(require 'eglot)
(require 'json)
(setq eglot-sync-connect 10
      eglot-confirm-server-initiated-edits nil
      make-backup-files nil)

;; What server/docs/editors.md says for an Emacs that has no mode for JSON.
(define-derived-mode json-mode js-mode "JSON")
;; What stands in ARNs and actions is one symbol, so that completion takes what is written of it for its beginning.
(dolist (character '(?: ?- ?/ ?. ?*))
  (modify-syntax-entry character "_" json-mode-syntax-table))
(add-to-list 'auto-mode-alist '("\\.json\\'" . json-mode))
(add-to-list 'eglot-server-programs
             (cons 'json-mode (append (json-read-from-string (getenv "COMMAND")) nil)))

(defun wait-until (condition)
  "Serve the connection until CONDITION gives something, and return that."
  (let (found)
    (while (not (setq found (funcall condition)))
      (accept-process-output nil 0.05))
    found))

(defun behind (text)
  "Put point behind the first TEXT."
  (goto-char (point-min))
  (search-forward text))

(find-file (getenv "FILE"))
(apply #'eglot (eglot--guess-contact))
(flymake-start)

(let* ((server (wait-until #'eglot-current-server))
       (diagnostics
        (wait-until
         (lambda ()
           (mapcar (lambda (each)
                     (list :line (line-number-at-pos (flymake-diagnostic-beg each))
                           :text (buffer-substring-no-properties
                                  (flymake-diagnostic-beg each) (flymake-diagnostic-end each))
                           :message (flymake-diagnostic-text each)))
                   (flymake-diagnostics)))))
       hover words actions mended renamed)
  (behind (getenv "HOVER"))
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
  (wait-until (lambda () hover))
  (let* ((found (append (eglot-code-actions (point) (point) nil nil) nil))
         (wanted (seq-find (lambda (each) (equal (plist-get each :title) (getenv "ACTION"))) found)))
    (setq actions (mapcar (lambda (each) (plist-get each :title)) found))
    (eglot--apply-workspace-edit (plist-get wanted :edit))
    (setq mended (buffer-string)))
  (behind (getenv "COMPLETE"))
  (let ((found (eglot-completion-at-point)))
    (setq words (all-completions
                 (buffer-substring-no-properties (nth 0 found) (point)) (nth 2 found))))
  (behind (getenv "SID"))
  (eglot-rename (getenv "NAME"))
  (setq renamed (buffer-string))
  (with-temp-file (getenv "REPORT")
    (insert (json-encode (list :diagnostics (vconcat diagnostics)
                               :hover (substring-no-properties hover)
                               :actions (vconcat actions)
                               :words (vconcat (mapcar #'substring-no-properties words))
                               :mended (substring-no-properties mended)
                               :renamed (substring-no-properties renamed)))))
  (set-buffer-modified-p nil)
  (eglot-shutdown server)
  (kill-emacs 0))
