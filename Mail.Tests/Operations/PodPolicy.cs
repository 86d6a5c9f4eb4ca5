using System.Text.Json.Nodes;

namespace Mail.Tests.Operations;

/// <summary>What we ask of every pod: Kubernetes' level `restricted`, and what it does not ask for (limits, probes, a root that cannot be written).</summary>
internal static class PodPolicy
{
    /// <returns>What is wrong, in words; nothing when all is well.</returns>
    public static IEnumerable<string> Faults(JsonNode workload)
    {
        JsonNode pod = workload.Pod();
        if (pod.Text("automountServiceAccountToken") != "false") yield return "a token of Kubernetes is mounted";
        if (pod.Text("enableServiceLinks") != "false") yield return "services become environment variables";
        if (pod.Text("securityContext", "runAsNonRoot") != "true") yield return "may be root";
        if (pod.Text("securityContext", "runAsUser") is null or "0") yield return "is root, or whoever the image says";
        if (pod.Text("securityContext", "seccompProfile", "type") != "RuntimeDefault") yield return "no seccomp profile";
        if (pod.Text("hostNetwork") == "true" || pod.Text("hostPID") == "true" || pod.Text("hostIPC") == "true") yield return "shares the node's own";
        foreach (JsonNode volume in pod.Each("volumes"))
            if (volume.At("hostPath") is not null) yield return $"volume {volume.Text("name")}: a path of the node";
        bool isService = workload.Kind() is "Deployment" or "StatefulSet";
        foreach (JsonNode container in workload.Containers())
            foreach (string fault in Faults(container, isService)) yield return $"container {container.Text("name")}: {fault}";
    }

    private static IEnumerable<string> Faults(JsonNode container, bool isService)
    {
        if (container.Text("securityContext", "allowPrivilegeEscalation") != "false") yield return "may become more than it is";
        if (container.Text("securityContext", "readOnlyRootFilesystem") != "true") yield return "its root can be written";
        if (container.Text("securityContext", "privileged") == "true") yield return "privileged";
        if (!container.Each("securityContext", "capabilities", "drop").Any(dropped => dropped.ToString() == "ALL") || container.At("securityContext", "capabilities", "add") is not null) yield return "has capabilities";
        foreach (string needed in (string[])["requests", "limits"])
            if (container.Text("resources", needed, "cpu") is null || container.Text("resources", needed, "memory") is null) yield return $"no {needed} of CPU or memory";
        string image = container.Text("image") ?? "";
        if (!IsPinned(image)) yield return $"image {image} is not pinned to a version";
        if (isService)
        {
            foreach (string probe in (string[])["startupProbe", "readinessProbe", "livenessProbe"])
                if (container.At(probe) is null) yield return $"no {probe}";
        }

        foreach (JsonNode variable in container.Each("env"))
            if (variable.At("valueFrom", "secretKeyRef") is not null) yield return $"the secret {variable.Text("name")} is a variable, not a file";
    }

    /// <summary>A tag with a version of at least two numbers, or a digest.</summary>
    public static bool IsPinned(string image)
    {
        if (image.Contains("@sha256:", StringComparison.Ordinal)) return true;
        string name = image[(image.LastIndexOf('/') + 1)..];
        return name.Split(':') is [_, string tag] && System.Text.RegularExpressions.Regex.IsMatch(tag, @"^v?\d+\.\d+");
    }
}
