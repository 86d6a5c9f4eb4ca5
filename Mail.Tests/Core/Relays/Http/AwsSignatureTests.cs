using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Mail.Core.Relays.Http;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>Signature Version 4 against AWS's published examples, and against botocore where Python has it.</summary>
public sealed class AwsSignatureTests
{
    private const string KeyId = "AKIDEXAMPLE";
    private static readonly Secret _secret = new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset _now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    /// <summary>Of AWS's test suite for Signature Version 4: get-vanilla, post-vanilla, post-header-key-sort's like, post-x-www-form-urlencoded.</summary>
    [Theory]
    [InlineData("GET", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("POST", "content-type:application/x-www-form-urlencoded", "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    public void The_published_examples_come_out(string method, string header, string body, string signature)
    {
        List<KeyValuePair<string, string>> headers = [new("host", "example.amazonaws.com"), new("x-amz-date", AwsSignature.Timestamp(_now))];
        if (header.Length > 0) headers.Add(new(header.Split(':')[0], header.Split(':')[1]));

        string authorization = AwsSignature.Sign(new HttpMethod(method), new Uri("https://example.amazonaws.com/"), headers, Encoding.UTF8.GetBytes(body), _now, "us-east-1", "service", KeyId, _secret);

        Assert.Equal($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={(header.Length > 0 ? "content-type;" : "")}host;x-amz-date, Signature={signature}", authorization);
    }

    [Fact]
    public async Task Botocore_signs_a_message_alike()
    {
        const string Script = """
            import sys, json, datetime
            from botocore.auth import SigV4Auth
            import botocore.auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
            given = json.load(sys.stdin)
            class Then(datetime.datetime):
                @classmethod
                def utcnow(cls): return cls(2015, 8, 30, 12, 36, 0)
                @classmethod
                def now(cls, tz=None): return cls(2015, 8, 30, 12, 36, 0, tzinfo=tz)
            botocore.auth.get_current_datetime = lambda *a, **k: Then.utcnow()
            botocore.auth.datetime = type('m', (), {'datetime': Then, 'timezone': datetime.timezone, 'UTC': datetime.timezone.utc})
            request = AWSRequest(method='POST', url=given['url'], data=given['body'].encode(), headers={'Content-Type': 'application/json'})
            SigV4Auth(Credentials(given['id'], given['secret'], given['token']), 'ses', 'eu-west-3').add_auth(request)
            print(request.headers['X-Amz-Date'], request.headers['Authorization'])
            """;
        const string Url = "https://email.eu-west-3.amazonaws.com/v2/email/outbound-emails", Body = "{\"Content\":{\"Raw\":{\"Data\":\"w6k=\"}}}";
        using Process? python = Start(Script);
        Assert.SkipWhen(python is null, "no python3 with botocore");
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(new { url = Url, body = Body, id = KeyId, secret = _secret.Value, token = "session" }));
        python.StandardInput.Close();
        string[] said = (await python.StandardOutput.ReadToEndAsync()).Trim().Split(' ', 2);
        string error = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.SkipWhen(error.Contains("No module named", StringComparison.Ordinal), "no python3 with botocore");
        Assert.True(python.ExitCode == 0, error);

        AwsCredentials credentials = new(KeyId, _secret, new Secret("session"), "eu-west-3", "ses", new Support.ManualClock(_now));
        Authorization ours = await credentials.AuthorizeAsync(RelayRequest.Json(new Uri(Url), Encoding.UTF8.GetBytes(Body)), CancellationToken.None);

        Assert.Equal(said[0], ours.Headers.Single(header => header.Key == "x-amz-date").Value);
        Assert.Equal(said[1], ours.Headers.Single(header => header.Key == "Authorization").Value);
    }

    private static Process? Start(string script)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
