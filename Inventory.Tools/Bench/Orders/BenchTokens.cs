using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Inventory.Tools.Bench.Orders;

/// <summary>A key for one benchmark, the settings by which a service trusts it, and a token that it signs.</summary>
internal sealed class BenchTokens
{
    private const string Issuer = "inventory-bench";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["Authentication__Schemes__Bearer__ValidIssuer"] = Issuer,
        ["Authentication__Schemes__Bearer__ValidAudiences__0"] = Issuer,
        ["Authentication__Schemes__Bearer__SigningKeys__0__Issuer"] = Issuer,
        ["Authentication__Schemes__Bearer__SigningKeys__0__Value"] = Convert.ToBase64String(_key),
    };

    public string Create() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Issuer,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1),
        Claims = new Dictionary<string, object> { ["sub"] = "bench", ["scope"] = "inventory.write" },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(_key), SecurityAlgorithms.HmacSha256),
    });
}
