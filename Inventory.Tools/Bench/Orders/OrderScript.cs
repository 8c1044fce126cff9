namespace Inventory.Tools.Bench.Orders;

/// <summary>The requests of <c>wrk</c>: orders of one piece, each with an id of its own.</summary>
internal static class OrderScript
{
    /// <param name="token">For the Authorization header.</param>
    /// <param name="items">Of so many items, at random.</param>
    public static string For(string token, int items) => $$"""
        math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 2^31)
        local function hex(count)
          local digits = ""
          for _ = 1, count do digits = digits .. string.format("%x", math.random(0, 15)) end
          return digits
        end
        local headers = { ["Authorization"] = "Bearer {{token}}", ["Content-Type"] = "application/json" }
        function request()
          local id = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-8" .. hex(3) .. "-" .. hex(12)
          return wrk.format("POST", "/orders", headers, '{"orderId":"' .. id .. '","lines":[{"vendorItemId":'
            .. math.random(1, {{items}}) .. ',"fulfillmentCenterId":1,"quantity":1}]}')
        end
        """;
}
