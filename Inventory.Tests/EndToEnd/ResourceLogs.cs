using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Tests.EndToEnd;

/// <summary>What the parts of an application said last, for the message of a start that failed.</summary>
internal static class ResourceLogs
{
    private const int Lines = 15;

    public static async Task<string> TailsAsync(DistributedApplication application)
    {
        var loggers = application.Services.GetRequiredService<ResourceLoggerService>();
        var tails = new StringBuilder();
        foreach (var resource in application.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            if (!application.ResourceNotifications.TryGetCurrentState(resource.Name, out var state)
                || resource is ParameterResource or ConnectionStringResource)
            {
                continue;
            }

            List<string> lines = [];
            await foreach (var batch in loggers.GetAllAsync(state.ResourceId))
            {
                lines.AddRange(batch.Select(static line => line.Content));
            }

            tails.AppendLine($"--- {resource.Name}: {state.Snapshot.State?.Text}, {state.Snapshot.HealthStatus}");
            tails.AppendJoin('\n', lines.TakeLast(Lines)).AppendLine();
        }

        return tails.ToString();
    }
}
