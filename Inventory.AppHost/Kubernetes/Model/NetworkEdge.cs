namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>An arrow of the picture: one resource was told where another listens.</summary>
/// <param name="From">The resource that was told.</param>
/// <param name="To">The other.</param>
/// <param name="Port">Where the pods of the other listen.</param>
internal sealed record NetworkEdge(string From, string To, int Port);
