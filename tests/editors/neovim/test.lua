-- Works with the server as a person in Neovim does, on the file that is open. Run by run.sh.
--
-- Keys are typed from outside the main loop, as Neovim's own tests do it: each step waits for what it expects to see.

local TYPO = 'connect:DescribeUsr'
local UNKNOWN = 'unknown-action'
local LIMIT = 20000

-- What Neovim tells of its mode would stand between the lines of the test.
vim.o.showmode = false
vim.opt.shortmess:append('c')

local passed, failed = 0, 0
local file = vim.fn.expand('%:t')
local buffer = vim.api.nvim_get_current_buf()
local id

local function say(text) io.stdout:write(text .. '\n') end

--- Runs other work of the editor until `holds`; an error where it never does.
local function wait(what, holds)
  if not vim.wait(LIMIT, holds, 10) then error('in vain: ' .. what, 0) end
end

local function equal(got, expected)
  if not vim.deep_equal(got, expected) then
    error(('%s, expected %s'):format(vim.inspect(got), vim.inspect(expected)), 2)
  end
end

local function lines() return vim.api.nvim_buf_get_lines(buffer, 0, -1, false) end

local function findings(code)
  return vim.tbl_filter(function(one) return one.source == 'connect-policy' and (not code or one.code == code) end,
    vim.diagnostic.get(buffer))
end

local function only(code)
  wait(code .. ' is found', function() return #findings(code) > 0 end)
  equal(#findings(code), 1)
  return findings(code)[1]
end

--- The place of the first `text`: line from 0, byte from 0.
local function find(text)
  for number, line in ipairs(lines()) do
    local start = line:find(text, 1, true)
    if start then return number - 1, start - 1 end
  end
  error(text .. ' is not in the buffer', 2)
end

local function replace(text, by)
  local line, start = find(text)
  vim.api.nvim_buf_set_text(buffer, line, start, line, start + #text, { by })
  return line, start
end

local function ask(method, line, column, more)
  local position = { line = line, character = column }
  local params = vim.tbl_extend('force', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    position = position,
    range = { start = position, ['end'] = position },
  }, more or {})
  local replies, problem = vim.lsp.buf_request_sync(buffer, method, params, LIMIT)
  assert(replies and replies[id], problem)
  assert(not replies[id].error, vim.inspect(replies[id].error))
  return replies[id].result
end

local original_lines = lines()

--- The file's text again. Reading the file anew would detach the server.
local function restore() vim.api.nvim_buf_set_lines(buffer, 0, -1, false, original_lines) end

local function test(name, body)
  local ok, problem = xpcall(body, function(text) return debug.traceback(tostring(text), 2) end)
  if ok then passed = passed + 1 else failed = failed + 1 end
  say((ok and 'ok   ' or 'FAIL ') .. file .. ': ' .. name .. (ok and '' or '\n' .. problem))
end

--- What the list of completions offers, typed for at the typo's place; accepts the item that `take` names.
local function complete(typed, take, done)
  local line, start = replace(TYPO, typed)
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.o.completeopt = 'menuone,noselect'
  vim.api.nvim_win_set_cursor(0, { line + 1, start + #typed - 1 })
  local function keys(text) return vim.api.nvim_replace_termcodes(text, true, false, true) end
  vim.api.nvim_feedkeys(keys('a<C-x><C-o>'), 'n', false)
  local timer = vim.loop.new_timer()
  local began = vim.loop.now()
  local step = 'list'
  -- The list lives while keys are awaited, so it is looked at from the loop that waits for them.
  timer:start(10, 10, vim.schedule_wrap(function()
    if step == 'done' then return end
    if vim.loop.now() - began > LIMIT then
      step = 'done'
      timer:stop()
      return done(nil, 'in vain: ' .. take .. ' is offered')
    end
    local info = vim.fn.complete_info({ 'items', 'pum_visible' })
    if step == 'list' and info.pum_visible == 1 then
      for number, item in ipairs(info.items) do
        if item.abbr == take or item.word == take then
          step = 'taken'
          vim.api.nvim_feedkeys(keys(('<C-n>'):rep(number) .. '<C-y><Esc>'), 'n', false)
          return
        end
      end
    elseif step == 'taken' and vim.fn.mode() == 'n' then
      step = 'done'
      timer:stop()
      done(vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1])
    end
  end))
end

local function rest()
  test('a finding goes when an edit corrects it and comes back with it', function()
    restore()
    only(UNKNOWN)
    replace(TYPO, 'connect:DescribeUser')
    wait('the finding is gone', function() return #findings(UNKNOWN) == 0 end)
    replace('connect:DescribeUser', 'connect:Déscribe😀Usr')
    wait('a finding is back', function() return #findings() > 0 end)
    -- Letter by letter behind wide ones, so that server and editor must count alike.
    local line, start = find('Déscribe😀Usr')
    for _, letter in ipairs({ 'Déscribe😀', 'Usr' }) do
      vim.api.nvim_buf_set_text(buffer, line, start, line, start + #letter, { '' })
    end
    vim.api.nvim_buf_set_text(buffer, line, start, line, start, { 'DescribeUsr' })
    local finding
    wait('the finding is where it was', function()
      finding = findings(UNKNOWN)[1]
      return finding ~= nil and finding.lnum == line and finding.col == start - #'connect:'
    end)
    equal(#findings(UNKNOWN), 1)
  end)

  test('the server ends when asked to', function()
    local client = vim.lsp.get_client_by_id(id)
    if vim.fn.has('nvim-0.11') == 1 then client:stop() else client.stop() end
    wait('it has ended', function() return vim.lsp.get_client_by_id(id) == nil end)
  end)

  say(('%s: %d passed, %d failed'):format(file, passed, failed))
  vim.cmd(failed == 0 and 'qall!' or 'cquit!')
end

--- Returns the client that the README's configuration starts for this file. In Neovim 0.7, which the README has no
--- configuration for, starts one.
local function start()
  if vim.fn.has('nvim-0.8') == 1 then
    local clients_of = vim.lsp.get_clients or vim.lsp.get_active_clients
    wait('the README\'s configuration starts the server', function() return #clients_of({ bufnr = buffer }) > 0 end)
    local clients = clients_of({ bufnr = buffer })
    equal(#clients, 1)
    equal(clients[1].config.root_dir, vim.fn.getcwd())
    return clients[1].id
  end
  local client = vim.lsp.start_client({ name = 'connect-policy', cmd = { 'connect-policy', 'lsp' }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(buffer, client)
  return client
end

local function main()
  id = start()

  test('the server is attached', function()
    wait('it is initialized', function() return vim.lsp.get_client_by_id(id).initialized end)
    wait('it is attached', function() return vim.lsp.buf_is_attached(buffer, id) end)
  end)

  test('the typo is found, once', function()
    local finding = only(UNKNOWN)
    local line, start = find(TYPO)
    equal({ finding.lnum, finding.col, finding.end_col }, { line, start, start + #TYPO })
    equal(finding.severity, vim.diagnostic.severity.WARN)
  end)

  test('hover tells of an action', function()
    local line, start = find('connect:ListQueues')
    local hover = ask('textDocument/hover', line, start + 10)
    assert(vim.inspect(hover.contents):find('ListQueues', 1, true), vim.inspect(hover))
  end)

  test('the code action corrects the typo', function()
    local finding = only(UNKNOWN)
    local before = lines()
    local diagnostics = { finding.user_data.lsp and vim.tbl_extend('force', finding.user_data.lsp, {
      range = {
        start = { line = finding.lnum, character = finding.col },
        ['end'] = { line = finding.end_lnum, character = finding.end_col },
      },
      message = finding.message,
    }) }
    local actions = ask('textDocument/codeAction', finding.lnum, finding.col, { context = { diagnostics = diagnostics } })
    local fix = vim.tbl_filter(function(action) return action.title:find('connect:DescribeUser`', 1, true) end, actions)[1]
    assert(fix, vim.inspect(actions))
    vim.lsp.util.apply_workspace_edit(fix.edit, vim.lsp.get_client_by_id(id).offset_encoding)
    local expected = vim.tbl_map(function(line) return (line:gsub('DescribeUsr', 'DescribeUser')) end, before)
    equal(lines(), expected)
    wait('the finding is gone', function() return #findings(UNKNOWN) == 0 end)
    restore()
    only(UNKNOWN)
  end)

  local original = lines()[find(TYPO) + 1]
  complete('connect:ListSecurityK', 'connect:ListSecurityKeys', function(line, problem)
    test('an action is taken from the list into the buffer', function()
      assert(not problem, problem)
      equal(line, (original:gsub('connect:DescribeUsr', 'connect:ListSecurityKeys')))
    end)
    rest()
  end)
end

vim.schedule(function()
  local ok, problem = xpcall(main, debug.traceback)
  if not ok then
    say('FAIL ' .. problem)
    vim.cmd('cquit!')
  end
end)
