using Aspire.Hosting;

namespace Inventory.AppHost.Stores;

/// <summary><c>--stores embedded|containers</c>; without it, containers where an engine answers and embedded elsewhere.</summary>
internal static class StoreChoice
{
    private const string Key = "stores";

    /// <exception cref="DistributedApplicationException">The choice is none, or cannot be published.</exception>
    public static StoreKind Make(IDistributedApplicationBuilder builder)
    {
        var asked = builder.Configuration[Key];
        if (builder.ExecutionContext.IsPublishMode)
        {
            return asked is null || Parse(asked) == StoreKind.Containers
                ? StoreKind.Containers
                : throw new DistributedApplicationException("Embedded stores are for this machine and cannot be published.");
        }

        if (asked is not null)
        {
            return Parse(asked);
        }

        var engine = ContainerEngine.FindRunning();
        Console.WriteLine(engine is null
            ? "Stores: embedded, because no container engine answers (--stores containers asks for them all the same)."
            : $"Stores: containers, because {engine} answers (--stores embedded runs them as programs of this machine).");
        return engine is null ? StoreKind.Embedded : StoreKind.Containers;
    }

    private static StoreKind Parse(string asked) =>
        Enum.TryParse<StoreKind>(asked, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new DistributedApplicationException($"--stores is '{asked}': it may be embedded or containers.");
}
