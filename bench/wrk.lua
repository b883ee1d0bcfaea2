-- Sends the requests of a file by turns ("<length>\n<request>" each) and prints what was counted as one line of JSON.
local requests, sent, number = {}, 0, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  number = tonumber(args[2])
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    local text = file:read(length)
    requests[#requests + 1] = { text, text:find(string.rep("@", 16), 1, true) }
  end
  file:close()
end

function request()
  local chosen = requests[sent % #requests + 1]
  sent = sent + 1
  if not chosen[2] then return chosen[1] end
  number = number + 1
  local at = chosen[2]
  return chosen[1]:sub(1, at - 1) .. string.format("%016d", number) .. chosen[1]:sub(at + 16)
end

function done(summary, latency, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format(
    '{"answers": %d, "errors": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f}',
    summary.requests, failed, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  ))
end
