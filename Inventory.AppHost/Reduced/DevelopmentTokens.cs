using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Inventory.AppHost.Reduced;

/// <summary>
/// Signs tokens for this machine with a key that it makes once and keeps; production gets its tokens from an issuer.
/// </summary>
internal sealed class DevelopmentTokens
{
    private const string Issuer = "inventory-development";
    private const string Audience = "inventory";
    private const int KeyBytes = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly byte[] _key;

    private DevelopmentTokens(byte[] key) => _key = key;

    /// <summary>What a service needs to know to trust these tokens, as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["Authentication__Schemes__Bearer__ValidIssuer"] = Issuer,
        ["Authentication__Schemes__Bearer__ValidAudiences__0"] = Audience,
        ["Authentication__Schemes__Bearer__SigningKeys__0__Issuer"] = Issuer,
        ["Authentication__Schemes__Bearer__SigningKeys__0__Value"] = Convert.ToBase64String(_key),
    };

    /// <summary>Reads the key, or makes it.</summary>
    public static DevelopmentTokens Open(string keyFile)
    {
        if (!File.Exists(keyFile))
        {
            using var stream = PrivateFile.Create(keyFile);
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
        }

        return new DevelopmentTokens(File.ReadAllBytes(keyFile));
    }

    /// <param name="scope">Space-separated scopes.</param>
    public string Create(string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Expires = DateTime.UtcNow + Lifetime,
        Claims = new Dictionary<string, object> { ["sub"] = "developer", ["scope"] = scope },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(_key), SecurityAlgorithms.HmacSha256),
    });
}
