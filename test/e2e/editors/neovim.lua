-- Opens FILE in Neovim with `iam-policy language-server --stdio` attached, as a user's configuration would, and writes
-- to REPORT what Neovim has then: the diagnostics, a hover, the titles of the code actions at the hovered place, the
-- words that completion offers there, the line after its first code action, and that of a Sid after its renaming.
-- From the environment: COMMAND (JSON list), FILE, REPORT, LINE and COLUMN (0-based) of the hover, ACTION (the title of
-- the code action to apply), FILETYPE, COMPLETE_LINE and COMPLETE_COLUMN (0-based), SID_LINE and SID_COLUMN (0-based;
-- without them nothing is renamed), NAME (what the Sid is renamed to).
local report = { diagnostics = {}, hover = '', actions = {}, words = {}, documentation = '', mended = '', renamed = '' }

local function finish()
  local file = assert(io.open(vim.env.REPORT, 'w'))
  file:write(vim.fn.json_encode(report))
  file:close()
  vim.cmd('qall!')
end

-- As Neovim does for a user who takes the action: it asks for the edit where the action came without.
local function mend(client, buffer, action, done)
  local function apply(resolved)
    vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
    local line = tonumber(vim.env.LINE)
    report.mended = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
    done()
  end
  if action.edit then
    apply(action)
  else
    client.request('codeAction/resolve', action, function(_, resolved)
      apply(resolved)
    end, buffer)
  end
end

local function rename(client, buffer, done)
  local line = tonumber(vim.env.SID_LINE)
  if line == nil then
    return done()
  end
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line, character = tonumber(vim.env.SID_COLUMN) },
    newName = vim.env.NAME,
  }
  client.request('textDocument/rename', params, function(_, edit)
    vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
    report.renamed = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
    done()
  end, buffer)
end

local function complete(client, buffer, done)
  local position = { line = tonumber(vim.env.COMPLETE_LINE), character = tonumber(vim.env.COMPLETE_COLUMN) }
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = position }
  client.request('textDocument/completion', params, function(_, list)
    for _, item in ipairs(list and list.items or {}) do
      table.insert(report.words, item.label)
    end
    client.request('completionItem/resolve', list.items[1], function(_, item)
      report.documentation = item and item.documentation and item.documentation.value or ''
      done()
    end, buffer)
  end, buffer)
end

local function ask(client, buffer)
  local position = { line = tonumber(vim.env.LINE), character = tonumber(vim.env.COLUMN) }
  local document = { uri = vim.uri_from_bufnr(buffer) }
  client.request('textDocument/hover', { textDocument = document, position = position }, function(_, hover)
    report.hover = hover and hover.contents.value or ''
    local range = { start = position, ['end'] = position }
    local params = { textDocument = document, range = range, context = { diagnostics = {} } }
    client.request('textDocument/codeAction', params, function(_, actions)
      local wanted
      for _, action in ipairs(actions or {}) do
        table.insert(report.actions, action.title)
        wanted = action.title == vim.env.ACTION and action or wanted
      end
      complete(client, buffer, function()
        if wanted then
          mend(client, buffer, wanted, function()
            rename(client, buffer, finish)
          end)
        else
          finish()
        end
      end)
    end, buffer)
  end, buffer)
end

vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
vim.bo.filetype = vim.env.FILETYPE
local buffer = vim.api.nvim_get_current_buf()
local asked = false

local id = vim.lsp.start_client({
  name = 'iam-policy',
  cmd = vim.fn.json_decode(vim.env.COMMAND),
  root_dir = vim.fn.fnamemodify(vim.env.FILE, ':h'),
})

vim.api.nvim_create_autocmd('DiagnosticChanged', {
  callback = function()
    local found = vim.diagnostic.get(buffer)
    if #found == 0 or asked then
      return
    end
    asked = true
    for _, each in ipairs(found) do
      local code = each.user_data and each.user_data.lsp and each.user_data.lsp.code
      table.insert(report.diagnostics, {
        line = each.lnum, column = each.col, endLine = each.end_lnum, endColumn = each.end_col,
        rule = code, message = each.message, severity = each.severity, source = each.source,
      })
    end
    ask(vim.lsp.get_client_by_id(id), buffer)
  end,
})

vim.lsp.buf_attach_client(buffer, id)
