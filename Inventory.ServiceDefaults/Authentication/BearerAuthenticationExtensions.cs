using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.ServiceDefaults.Authentication;

/// <summary>Bearer tokens, configured by the standard <c>Authentication:Schemes:Bearer</c> section.</summary>
public static class BearerAuthenticationExtensions
{
    /// <summary>The policy of every endpoint that is not a public stock read: a token whose scope includes it.</summary>
    public const string WritePolicy = "inventory.write";

    public static IServiceCollection AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options => options.MapInboundClaims = false);
        services.AddAuthorizationBuilder().AddPolicy(WritePolicy, policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User
                .FindAll("scope")
                .Any(claim => claim.Value.Split(' ').Contains(WritePolicy, StringComparer.Ordinal))));
        return services;
    }
}
