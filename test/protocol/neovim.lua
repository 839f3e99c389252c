-- Drives Neovim as its user would, and writes down what was seen. Loaded by neovim.test.ts.
local seen = { shown = {} }

local function wait(what, condition)
  if vim.wait(20000, condition, 20) then return end
  seen.failed = "no " .. what
  error(seen.failed)
end


-- In Neovim 0.7 the code is among what belongs to the server.
local function has(code)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local own = each.code or vim.tbl_get(each, "user_data", "lsp", "code")
    if own == code then return true end
  end
  return false
end

local show = vim.lsp.handlers["window/showMessage"]
vim.lsp.handlers["window/showMessage"] = function(error, result, ...)
  table.insert(seen.shown, result.message)
  return show(error, result, ...)
end

-- Chooses by title what the user is asked to choose from.
local wanted
vim.ui.select = function(items, options, choose)
  seen.offered = {}
  local found
  for _, item in ipairs(items) do
    local title = options.format_item and options.format_item(item) or tostring(item)
    table.insert(seen.offered, title)
    if not found and title:find(wanted, 1, true) then found = item end
  end
  choose(found)
end

local function write(path, text)
  vim.fn.mkdir(vim.fn.fnamemodify(path, ":h"), "p")
  vim.fn.writefile({ text }, path)
end

local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return number
    end
  end
  error("no line with " .. text)
end

local function lines_with(text)
  local found = {}
  for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then table.insert(found, vim.trim(line)) end
  end
  return found
end

local ok, problem = pcall(function()
  wait("finding of the missing file", function() return has("file-not-found") end)
  write(vim.env.SOPM_TEST_FILE, "1;")
  wait("end of the finding", function() return not has("file-not-found") end)

  local number = line_of('Location="')
  local line = vim.api.nvim_get_current_line()
  vim.api.nvim_set_current_line((line:gsub('Location="', 'Location="/')))
  wait("finding of the absolute path", function() return has("file-absolute") end)
  line_of("/Kernel")
  wanted = vim.env.SOPM_TEST_FIX
  vim.lsp.buf.code_action()
  wait("mended line", function()
    return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1] == line
  end)
  seen.fixes = seen.offered
  wait("end of the mended finding", function() return not has("file-absolute") end)
  vim.cmd("write")

  line_of("<otrs_package")
  vim.lsp.codelens.refresh()
  wait("lenses", function() return #vim.lsp.codelens.get(vim.api.nvim_get_current_buf()) >= 5 end)
  wanted = "Build Package"
  vim.lsp.codelens.run()
  wait("message of the build", function() return #seen.shown == 1 end)
  seen.lenses = seen.offered

  -- From the use of a table to what creates it, all its places, and another name for it.
  line_of('acme_room"/>')
  vim.lsp.buf.definition()
  wait("definition", function() return vim.api.nvim_get_current_line():find("<TableCreate", 1, true) ~= nil end)
  seen.definition = vim.api.nvim_get_current_line()
  vim.lsp.buf.references()
  wait("references", function() return #vim.fn.getqflist() > 0 end)
  seen.references = vim.tbl_map(function(each) return vim.trim(each.text) end, vim.fn.getqflist())
  vim.cmd("cclose")
  line_of('acme_room"/>')
  vim.lsp.buf.rename("acme_hall")
  wait("new name", function() return vim.fn.search("<TableDrop Name=\"acme_hall\"/>", "nw") > 0 end)
  seen.renamed = lines_with("acme_hall")
  vim.cmd("undo")
  wait("old name", function() return vim.fn.search("acme_hall", "nw") == 0 end)

  number = line_of("<Version>")
  line = vim.api.nvim_get_current_line()
  vim.api.nvim_set_current_line("  " .. line)
  vim.bo.expandtab = true
  vim.bo.shiftwidth = 4
  local format = vim.lsp.buf.format or vim.lsp.buf.formatting_sync
  format()
  seen.formatted = vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
  wanted = "Raise the version to 1.1.0"
  line_of("1.0.0</Version>")
  vim.lsp.buf.code_action()
  wait("higher version", function() return vim.fn.search("<Version>1.1.0", "nw") > 0 end)
  seen.raised = lines_with("1.1.0")
  vim.cmd("undo")
  wait("old version", function() return vim.fn.search("1.1.0", "nw") == 0 end)
  vim.cmd("write")

  line_of("<otrs_package")
  wanted = "Preview SQL"
  vim.lsp.codelens.run()
  wait("SQL", function() return vim.bo.filetype == "sql" end)
  seen.sql = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  vim.cmd("close!")
end)
if not ok then seen.failed = seen.failed or tostring(problem) end
seen.left = vim.tbl_map(function(each) return each.message end, vim.diagnostic.get(0))

local log = io.open(vim.lsp.get_log_path(), "r")
seen.log = log and log:read("*a") or ""
if log then log:close() end
seen.messages = vim.api.nvim_exec("messages", true)
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SOPM_TEST_SEEN)
vim.cmd("qall!")
