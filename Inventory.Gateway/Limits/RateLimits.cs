using System.Threading.RateLimiting;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Inventory.Gateway.Limits;

/// <summary>
/// The rate limiter policies that the routes name: <c>reads</c> by address, <c>writes</c> by subject. Counted in each
/// gateway instance on its own; a client's idle bucket is freed.
/// </summary>
internal static class RateLimits
{
    private const string Reads = "reads";
    private const string Writes = "writes";

    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        AddLimit(services, configuration, Reads);
        AddLimit(services, configuration, Writes);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = TellWhenToRetry;
            options.AddPolicy(Reads, context => Partition(context, Reads, RateLimitClient.ByAddress(context)));
            options.AddPolicy(Writes, context => Partition(context, Writes, RateLimitClient.BySubject(context)));
        });
    }

    private static void AddLimit(IServiceCollection services, IConfiguration configuration, string name) =>
        services.AddOptions<RateLimit>(name)
            .Bind(configuration.GetSection("RateLimits").GetSection(name))
            .ValidateDataAnnotations()
            .ValidateOnStart();

    private static RateLimitPartition<RateLimitClient> Partition(
        HttpContext context, string name, RateLimitClient client)
    {
        var limit = context.RequestServices.GetRequiredService<IOptionsMonitor<RateLimit>>().Get(name);
        return limit.PermitsPerSecond == 0
            ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
            {
                TokensPerPeriod = limit.PermitsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                TokenLimit = Math.Max(limit.PermitsPerSecond, limit.Burst),
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
