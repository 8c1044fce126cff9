namespace Inventory.Tests.Gateway;

public sealed class GatewayHeaderLimitTests
{
    [Fact]
    public async Task Headers_that_trickle_in_end_the_connection()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var slow = await RawConnection.OpenAsync(gateway.Address);

        await slow.SendAsync("GET /api/stocks/7/3 HTTP/1.1\r\nHost: gateway\r\nX-Slow: ");
        var answer = await slow.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_path_is_refused()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(gateway.Address);

        await connection.SendAsync($"GET /api/stocks/{new string('7', 5_000)} HTTP/1.1\r\nHost: gateway\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 414 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_with_letters_beyond_ASCII_is_passed_on()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));
        using var connection = await RawConnection.OpenAsync(gateway.Address);

        await connection.SendAsync(
            "GET /api/stocks/7/3 HTTP/1.1\r\nHost: gateway\r\nX-Odd: \u00e9\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("\u00e9", Assert.Single(query.Requests).Headers["X-Odd"]);
    }
}
