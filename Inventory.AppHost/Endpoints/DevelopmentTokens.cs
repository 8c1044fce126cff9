using System.Security.Cryptography;
using Inventory.Contracts.Composition;
using Inventory.Servers.Files;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Inventory.AppHost.Endpoints;

/// <summary>Signs tokens for this machine; production gets its tokens from an issuer.</summary>
/// <param name="signingKey">Base64, as the services are given it.</param>
internal sealed class DevelopmentTokens(string signingKey)
{
    public const string Issuer = "inventory-development";
    public const string Audience = "inventory";

    /// <summary>The scope of whoever may write.</summary>
    public const string WriteScope = "inventory.write";

    private const int KeyBytes = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>What a service needs to know to trust these tokens, as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        [ConfigurationKeys.Variable(ConfigurationKeys.TokenIssuer)] = Issuer,
        [ConfigurationKeys.Variable(ConfigurationKeys.TokenAudience)] = Audience,
        [ConfigurationKeys.Variable(ConfigurationKeys.SigningKeyIssuer)] = Issuer,
        [ConfigurationKeys.Variable(ConfigurationKeys.SigningKey)] = signingKey,
    };

    /// <summary>Reads the key, or makes it once.</summary>
    public static DevelopmentTokens Open(string keyFile)
    {
        if (!File.Exists(keyFile))
        {
            using var stream = PrivateFile.Create(keyFile);
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
        }

        return new DevelopmentTokens(Convert.ToBase64String(File.ReadAllBytes(keyFile)));
    }

    /// <param name="scope">Space-separated scopes.</param>
    public string Create(string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Expires = DateTime.UtcNow + Lifetime,
        Claims = new Dictionary<string, object> { ["sub"] = "developer", ["scope"] = scope },
        SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Convert.FromBase64String(signingKey)), SecurityAlgorithms.HmacSha256),
    });
}
