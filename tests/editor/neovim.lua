-- Drive the language server from Neovim, which runs without a window: open the file of $PFSCORE_FILE with the server of
-- $PFSCORE_SERVER, do what an author does, and write what Neovim has seen to $PFSCORE_SEEN as JSON.
local seen = {}

local function wait(what, done)
  if not vim.wait(60000, done, 20) then
    error('waited in vain for ' .. what)
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local function place(text)
  local line = vim.fn.search('\\V' .. text, 'w')
  if line == 0 then
    error('there is no ' .. text)
  end
  return vim.lsp.util.make_position_params(0, 'utf-16')
end

local function codes()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
end

local function about()
  return { textDocument = vim.lsp.util.make_text_document_params() }
end

local function screen()
  vim.lsp.codelens.refresh()
  wait('the lines', function() return #vim.lsp.codelens.get(0) > 0 end)
  vim.wait(500)
  vim.fn.search('ratio-higher')
  vim.cmd('normal! zt')
  vim.o.laststatus = 0
  vim.cmd('redraw!')
  local rows = {}
  for row = 1, vim.o.lines do
    local cells = {}
    for column = 1, vim.o.columns do
      table.insert(cells, vim.fn.screenstring(row, column))
    end
    table.insert(rows, table.concat(cells))
  end
  return rows
end

local function run()
  vim.o.columns, vim.o.lines = 110, 25
  vim.cmd('edit ' .. vim.env.PFSCORE_FILE)
  local config = {
    name = 'pfscore',
    cmd = vim.split(vim.env.PFSCORE_SERVER, ' '),
    root_dir = vim.fn.getcwd(),
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end
  -- A full-width colon, and the fix for it.
  wait('the full-width colon', function() return vim.tbl_contains(codes(), 'PF131') end)
  local wrong = vim.diagnostic.get(0)[1]
  seen.wrong = { line = wrong.lnum + 1, message = wrong.message }
  local at = { line = wrong.lnum, character = wrong.col }
  local params = about()
  params.range = { start = at, ['end'] = at }
  params.context = { diagnostics = {} }
  local action = ask('textDocument/codeAction', params)[1]
  seen.action = action.title
  vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  -- The file is whole; an example disagrees, which is told a moment later.
  wait('the example', function() return vim.tbl_contains(codes(), 'PF603') end)
  seen.codes = codes()
  seen.lenses = vim.tbl_map(function(one) return one.command.title end, ask('textDocument/codeLens', about()))
  seen.hover = ask('textDocument/hover', place('完成值 /')).contents.value
  seen.outline = vim.tbl_map(function(one) return one.name end, ask('textDocument/documentSymbol', about()))
  local there = ask('textDocument/definition', place('extends: cn'))[1]
  seen.definition = there.uri
  seen.screen = screen()
  -- A key is typed.
  vim.fn.append(vim.fn.search('title: 印刷数量'), '    re')
  local cursor = { line = vim.fn.search('^    re$') - 1, character = 6 }
  params = about()
  params.position = cursor
  seen.completion = vim.tbl_map(function(one) return one.label end, ask('textDocument/completion', params).items)
  vim.fn.deletebufline('%', cursor.line + 1)
  -- The file is laid out.
  vim.fn.setline(2, 'title:    某地项目支出绩效自评')
  vim.lsp.util.apply_text_edits(
    ask('textDocument/formatting', { textDocument = about().textDocument, options = { tabSize = 2, insertSpaces = true } }),
    0,
    'utf-16'
  )
  seen.title = vim.fn.getline(2)
end

local ok, problem = pcall(run)
seen.problem = not ok and tostring(problem) or nil
local file = io.open(vim.env.PFSCORE_SEEN, 'w')
file:write((vim.json or { encode = vim.fn.json_encode }).encode(seen))
file:close()
vim.cmd('qall!')
