// MD5 (RFC 1321), as such scripts carry it.
function md5(s){s=unescape(encodeURIComponent(s));const r=(x,c)=>(x<<c)|(x>>>(32-c)),K=[],S=[7,12,17,22,5,9,14,20,4,11,16,23,6,10,15,21];
for(let i=0;i<64;i++)K[i]=(Math.abs(Math.sin(i+1))*4294967296)|0;const n=((s.length+8)>>6)+1,M=new Array(n*16).fill(0);
for(let i=0;i<s.length;i++)M[i>>2]|=s.charCodeAt(i)<<(i%4*8);M[s.length>>2]|=0x80<<(s.length%4*8);M[n*16-2]=s.length*8;
let a=0x67452301,b=0xefcdab89|0,c=0x98badcfe|0,d=0x10325476;for(let k=0;k<M.length;k+=16){let A=a,B=b,C=c,D=d;
for(let i=0;i<64;i++){let F,g;if(i<16){F=(B&C)|(~B&D);g=i}else if(i<32){F=(D&B)|(~D&C);g=(5*i+1)%16}else if(i<48){F=B^C^D;g=(3*i+5)%16}else{F=C^(B|~D);g=(7*i)%16}
const T=D;D=C;C=B;B=(B+r((A+F+K[i]+M[k+g])|0,S[(i>>4)*4+i%4]))|0;A=T}a=(a+A)|0;b=(b+B)|0;c=(c+C)|0;d=(d+D)|0}
return [a,b,c,d].map(x=>[0,8,16,24].map(s=>((x>>>s)&255).toString(16).padStart(2,'0')).join('')).join('')}
