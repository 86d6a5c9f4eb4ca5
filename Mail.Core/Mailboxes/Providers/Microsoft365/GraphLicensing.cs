using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>The subscription that accounts get: without one with Exchange Online there is no mailbox.</summary>
/// <param name="licence">Its part number or id; null when licences come by a group or by hand.</param>
internal sealed class GraphLicensing(GraphDirectory graph, string? licence)
{
    private ProviderWords Words => graph.Words;

    /// <returns>False when the account is not there yet.</returns>
    public async Task<ProviderOutcome<bool>> LicenseAsync(GraphUser user, CancellationToken ct)
    {
        if (licence is null) return true;
        ProviderOutcome<GraphSku> found = await FindAsync(licence, ct);
        if (found.Problem is { } problem) return problem;
        GraphSku sku = found.Value;
        if (user.AssignedLicenses?.Any(one => string.Equals(one.SkuId, sku.SkuId, StringComparison.OrdinalIgnoreCase)) == true) return true;
        if (sku.CapabilityStatus is not (null or "Enabled" or "Warning"))
            return Words.Problem(ProviderProblems.LicenceMissing, $"The subscription {sku.SkuPartNumber} is {sku.CapabilityStatus}.", "Renew it at Microsoft 365 admin center, Billing, or name another one in `licence`.");
        if (sku.ConsumedUnits >= sku.Units)
            return Words.Problem(ProviderProblems.LicenceMissing, $"All {sku.Units} licences of {sku.SkuPartNumber} are in use.", "Buy a licence, or take one from an account that no longer needs it.");
        return await graph.AssignLicenceAsync(user.Id!, sku.SkuId!, ct);
    }

    /// <summary>Whether there is such a subscription; that it is used up now says nothing of later.</summary>
    public async Task<ProviderOutcome<bool>> CheckAsync(CancellationToken ct)
    {
        if (licence is not null) return (await FindAsync(licence, ct)).Problem is { } problem ? problem : true;
        ProviderOutcome<IReadOnlyList<GraphSku>> read = await graph.ReadSubscriptionsAsync(ct);
        return read.Problem is { } refused ? refused : true;
    }

    /// <summary>Mails are not counted for applications: the reports that tell are days late and need rights that nothing else here needs.</summary>
    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct)
    {
        if (licence is null) return (await CheckAsync(ct)).Problem is { } problem ? problem : new ProviderQuota(null, null, null, null, null, null);
        ProviderOutcome<GraphSku> found = await FindAsync(licence, ct);
        return found.Problem is { } missing ? missing : new ProviderQuota(null, null, null, null, found.Value.ConsumedUnits, found.Value.Units);
    }

    private async Task<ProviderOutcome<GraphSku>> FindAsync(string name, CancellationToken ct)
    {
        ProviderOutcome<IReadOnlyList<GraphSku>> all = await graph.ReadSubscriptionsAsync(ct);
        if (all.Problem is { } problem) return problem;
        return all.Value.FirstOrDefault(sku => sku.IsNamed(name) && sku.SkuId is not null) is { } found
            ? found
            : Words.Problem(ProviderProblems.LicenceMissing, $"The tenant has no subscription {name}.", "Correct `licence` of the connection: the part number stands at Billing, Licenses, or leave it out when licences come by a group.");
    }
}
