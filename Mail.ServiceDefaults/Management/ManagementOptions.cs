using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.ServiceDefaults.Management;

/// <summary>The section `Management`: a port for those who operate the host, apart from the one for its users.</summary>
public sealed class ManagementOptions
{
    public const string Section = "Management";

    /// <summary>Where /metrics (Prometheus' text format), /health and /alive are answered; 0: nowhere. Never to be reached from outside.</summary>
    [Range(0, 65535)] public int Port { get; set; }

    /// <summary>The address to listen at: `localhost`, `*` for all of this machine's, or one of them.</summary>
    [Required(AllowEmptyStrings = false)] public string Address { get; set; } = "localhost";
}

[OptionsValidator] public sealed partial class ManagementOptionsValidator : IValidateOptions<ManagementOptions>;
