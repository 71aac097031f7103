;; lsp-mode. The server runs next to the servers of JSON, YAML and Terraform.

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection '("connect-policy" "lsp"))
    :major-modes '(json-mode js-json-mode json-ts-mode yaml-mode yaml-ts-mode terraform-mode hcl-mode)
    :server-id 'connect-policy
    :add-on? t)))
