-- Enter and Tab belong to the person who types: every key of ../typing.tsv is typed with its sign, then Enter, then Tab, in a Neovim
-- that completes by itself. The buffer then holds what was typed, and white space, and nothing else. Run by run.sh, in a Neovim of
-- 0.11 or later that drives another:
--
--   nvim -l typing.lua NVIM CONFIG FILE CASES

local nvim, config, file, cases = unpack(arg)
local LIMIT = 20000
-- How long a list has to open by itself, in milliseconds: far longer than the server takes.
local PAUSE = 120

local failed = 0
local function say(text) io.stdout:write(text .. '\n') end

local child = vim.fn.jobstart({ nvim, '--embed', '--headless', '-u', config, '-i', 'NONE', '-n', file }, { rpc = true })
local function ask(method, ...) return vim.rpcrequest(child, method, ...) end
local function lua(code, ...) return ask('nvim_exec_lua', code, { ... }) end
local function pause(time) vim.wait(time, function() return false end, time) end

local function wait(what, holds)
  if not vim.wait(LIMIT, holds, 20) then error('in vain: ' .. what, 0) end
end

local function test(name, problems)
  failed = failed + #problems
  say((#problems == 0 and 'ok   ' or 'FAIL ') .. file .. ': ' .. name .. table.concat(vim.tbl_map(function(one)
    return '\n' .. one
  end, problems)))
end

--- Makes a text the buffer's, and inserts at the end of the line that its first part ends with.
local function begin(before, after)
  ask('nvim_input', '<Esc>')
  local lines = vim.split(before .. after, '\n', { plain = true })
  ask('nvim_buf_set_lines', 0, 0, -1, false, lines)
  local row = #vim.split(before, '\n', { plain = true })
  ask('nvim_win_set_cursor', 0, { row, 0 })
  ask('nvim_input', 'A')
  wait('keys are inserted', function() return ask('nvim_get_mode').mode == 'i' end)
end

--- Types letter by letter.
local function type_text(text)
  for letter in text:gmatch('.') do
    ask('nvim_input', letter == '<' and '<lt>' or letter)
    -- Neovim asks behind signs, and shows an answer that comes late wherever the cursor is by then.
    pause(letter:match('%w') and 5 or 40)
  end
end

local function text() return table.concat(ask('nvim_buf_get_lines', 0, 0, -1, false), '\n') end
local function is_open() return lua('return vim.fn.pumvisible()') == 1 end

--- Types a key as a person does who looks up in between; what is wrong afterwards.
local function problems_of(before, typed, after)
  local problems = {}
  local function look(what)
    pause(PAUSE)
    if is_open() then table.insert(problems, 'behind ' .. what .. ' a list is open') end
  end
  begin(before, after)
  type_text(typed)
  look(typed)
  ask('nvim_input', '<CR>')
  look(typed .. ' and Enter')
  ask('nvim_input', '<Tab>')
  pause(5)
  ask('nvim_input', '<Esc>')
  wait('inserting has ended', function() return ask('nvim_get_mode').mode == 'n' end)
  local got, head = text(), before .. typed
  local rest = vim.startswith(got, head) and got:sub(#head + 1)
  local white = rest and rest:match('^\n[ \t]*')
  if not white or rest:sub(#white + 1) ~= after then
    table.insert(problems, ('behind %s: %s'):format(typed, vim.inspect(got:sub(#before + 1))))
  end
  return problems
end

local function main()
  wait('the server is attached', function() return #lua('return vim.lsp.get_clients({ bufnr = 0 })[1] and { 1 } or {}') == 1 end)
  lua([[
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    vim.lsp.completion.enable(true, client.id, 0, { autotrigger = true })
    -- The first item is taken by Enter wherever a list is open.
    vim.o.completeopt = 'menuone,noinsert'
    -- What the editor itself would write: leaders of comments, indentation anew.
    vim.bo.formatoptions = ''
    vim.bo.indentexpr = ''
  ]])

  local extension = vim.fn.fnamemodify(file, ':e')
  local begun = { json = { '{"Effect": "Allow", "Action": [\n', '"connect:' }, yaml = { 'Effect: Allow\nAction:\n  ', '- connect:' },
    tf = { 'locals {\n  actions = [\n', '"connect:' } }
  begin(begun[extension][1], '\n')
  type_text(begun[extension][2])
  local ok = vim.wait(LIMIT, is_open, 20)
  test('the list opens by itself behind connect:', ok and {} or { 'in vain' })

  local count, problems = 0, {}
  for line in io.lines(cases) do
    local cells = vim.split(line, '\t', { plain = true })
    local format, before, typed, after, keys = unpack(vim.tbl_map(function(cell) return (cell:gsub('\\n', '\n')) end, cells))
    for key in (format == extension and keys or ''):gmatch('%S+') do
      count = count + 1
      vim.list_extend(problems, problems_of(before, (typed:gsub('%%', (key:gsub('%%', '%%%%')))), after))
    end
  end
  test(('%d keys, their sign, Enter and Tab leave what was typed'):format(count), problems)
end

local ok, problem = xpcall(main, debug.traceback)
if not ok then
  failed = failed + 1
  say('FAIL ' .. file .. ': ' .. tostring(problem))
end
vim.fn.jobstop(child)
os.exit(failed == 0 and 0 or 1)
