using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Inventory.Tests.Gateway;

/// <summary>Bearer tokens, and the standard settings with which the gateway believes them.</summary>
internal static class Tokens
{
    private const string Issuer = "https://issuer.test";
    private const string Audience = "inventory";
    private const string WriteScope = "inventory.read inventory.write";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static IEnumerable<KeyValuePair<string, string>> Settings { get; } = new Dictionary<string, string>
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudiences:0"] = Audience,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(Key),
    };

    public static string Good => Create();

    public static string Create(
        string issuer = Issuer,
        string audience = Audience,
        string? scope = WriteScope,
        string subject = "tests",
        TimeSpan? expiresIn = null,
        byte[]? key = null)
    {
        var expires = DateTime.UtcNow + (expiresIn ?? TimeSpan.FromMinutes(5));
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject };
        if (scope is not null)
        {
            claims["scope"] = scope;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = expires - TimeSpan.FromHours(1),
            IssuedAt = expires - TimeSpan.FromHours(1),
            Expires = expires,
            SigningCredentials = new(new SymmetricSecurityKey(key ?? Key), SecurityAlgorithms.HmacSha256),
        });
    }
}
