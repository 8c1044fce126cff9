using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

/// <summary>What the Pod Security Standard "restricted" asks for, and a root file system that nobody writes to.</summary>
internal static class PodSecurity
{
    /// <summary>The user "app" of .NET's images.</summary>
    public const long ApplicationUser = 1654;

    public static void Restrict(V1PodSpec pod, long user, bool readOnlyRoot)
    {
        // Nothing here talks to the API server: no token, and an account that nobody gives rights to by mistake.
        pod.ServiceAccountName = Labels.System;
        pod.AutomountServiceAccountToken = false;

        // Otherwise every service of the namespace turns into environment variables.
        pod.EnableServiceLinks = false;
        pod.SecurityContext = new V1PodSecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = user,
            RunAsGroup = user,
            FsGroup = user,
            FsGroupChangePolicy = "OnRootMismatch",
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        };
        foreach (var container in pod.Containers)
        {
            container.SecurityContext = new V1SecurityContext
            {
                AllowPrivilegeEscalation = false,
                ReadOnlyRootFilesystem = readOnlyRoot,
                Capabilities = new V1Capabilities { Drop = ["ALL"] },
            };
        }
    }
}
