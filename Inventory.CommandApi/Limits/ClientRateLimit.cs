using System.Threading.RateLimiting;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Inventory.CommandApi.Limits;

/// <summary>
/// A token bucket for each authenticated client, whichever way it came. The gateway's limit keeps a flood out; this one
/// keeps a client that got past it, or came around it, from taking the lanes of all others.
/// </summary>
internal static class ClientRateLimit
{
    public const string Policy = "clients";

    public static void AddClientRateLimit(this IServiceCollection services)
    {
        services.AddOptions<ClientRateLimitOptions>()
            .BindConfiguration(ClientRateLimitOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TellWhenToRetry;
            limiter.AddPolicy(Policy, BucketOf);
        });
    }

    private static RateLimitPartition<string> BucketOf(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<ClientRateLimitOptions>>().Value;
        var client = context.User.FindFirst("sub")?.Value ?? "";
        return options.PermitsPerSecond == 0
            ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
            {
                TokensPerPeriod = options.PermitsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                TokenLimit = Math.Max(options.PermitsPerSecond, options.Burst),
                AutoReplenishment = true,
                QueueLimit = 0,
            });
    }

    private static ValueTask TellWhenToRetry(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.Zero;
        context.HttpContext.Response.SetRetryAfter(wait);
        return ValueTask.CompletedTask;
    }
}
