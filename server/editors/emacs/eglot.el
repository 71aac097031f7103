(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((json-mode js-json-mode json-ts-mode yaml-mode yaml-ts-mode terraform-mode hcl-mode)
                 . ("connect-policy" "lsp"))))
