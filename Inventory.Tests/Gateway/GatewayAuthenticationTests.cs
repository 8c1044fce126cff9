using System.Net;
using System.Security.Cryptography;
using Inventory.Contracts.Problems;

namespace Inventory.Tests.Gateway;

public sealed class GatewayAuthenticationTests
{
    public static TheoryData<string, string> TokensThatAreNotBelieved => new()
    {
        { "no token", "" },
        { "not a token", "abc" },
        { "bad signature", Tokens.Create(key: RandomNumberGenerator.GetBytes(32)) },
        { "no signature", Unsigned(Tokens.Good) },
        { "expired", Tokens.Create(expiresIn: TimeSpan.FromMinutes(-10)) },
        { "wrong issuer", Tokens.Create(issuer: "https://other.test") },
        { "wrong audience", Tokens.Create(audience: "other") },
    };

    [Theory]
    [MemberData(nameof(TokensThatAreNotBelieved), DisableDiscoveryEnumeration = true)]
    public async Task A_write_without_a_believable_token_is_a_401_problem_and_stays_here(string reason, string token)
    {
        Assert.NotEmpty(reason);
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.WriteAsync("/api/orders", token: token);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.Unauthenticated);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Empty(command.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("inventory.read")]
    [InlineData("inventory.write.not")]
    public async Task A_write_without_the_scope_is_a_403_problem_and_stays_here(string? scope)
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.WriteAsync("/api/inbounds", token: Tokens.Create(scope: scope));

        await ProblemAssert.IsAsync(response, HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
        Assert.Empty(command.Requests);
    }

    [Theory]
    [InlineData("/api/orders/0197f7a0-0000-7000-8000-000000000001")]
    [InlineData("/api/stocks/../orders/0197f7a0-0000-7000-8000-000000000001")]
    [InlineData("/API/ORDERS/0197f7a0-0000-7000-8000-000000000001")]
    public async Task Even_reading_an_order_needs_a_token(string path)
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.ReadAsync(path);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.Unauthenticated);
        Assert.Empty(command.Requests);
    }

    [Fact]
    public async Task A_good_token_is_passed_on_with_the_request()
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));
        var token = Tokens.Good;

        using var response = await gateway.Client.WriteAsync("/api/orders", token: token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"Bearer {token}", Assert.Single(command.Requests).Headers["Authorization"].ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    public async Task Stocks_are_public_whatever_the_token(string token)
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.SendAsync(HttpMethod.Get, "/api/stocks/7/3", token: token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Unsigned(string token)
    {
        const string Header = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"; // {"alg":"none","typ":"JWT"}
        return $"{Header}.{token.Split('.')[1]}.";
    }
}
