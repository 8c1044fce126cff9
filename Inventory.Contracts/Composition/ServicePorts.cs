namespace Inventory.Contracts.Composition;

/// <summary>Where the services listen.</summary>
public static class ServicePorts
{
    /// <summary>The one door, on the machine that runs the whole system.</summary>
    public const int Gateway = 8080;

    /// <summary>Every service inside its container: the default of .NET's images.</summary>
    public const int Container = 8080;

    /// <summary>The one door, beneath its name in Kubernetes.</summary>
    public const int Door = 80;

    /// <summary>A collector that takes telemetry, OTLP over gRPC and over HTTP.</summary>
    public const int TelemetryOverGrpc = 4317;

    public const int TelemetryOverHttp = 4318;
}
