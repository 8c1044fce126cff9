using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Network;

/// <summary>An arrow of the picture.</summary>
internal sealed record NetworkEdge(string From, string To, Int32OrStringV1 Port);
