/**
 * The names of HTML's characters that are letters, marks, blanks, signs of ASCII, apostrophes, quotation marks or dashes: `name code point in
 * hexadecimal`. Names of other signs stand for nothing that a name is made of. From the HTML standard's table.
 */
export const entityNames: string =
  "Tab 9,NewLine a,excl 21,num 23,dollar 24,percnt 25,apos 27,lpar 28,rpar 29,ast 2a,midast 2a,plus 2b,comma 2c,period 2e,sol 2f," +
  "colon 3a,semi 3b,equals 3d,quest 3f,commat 40,lbrack 5b,lsqb 5b,bsol 5c,rbrack 5d,rsqb 5d,Hat 5e,UnderBar 5f,lowbar 5f," +
  "DiacriticalGrave 60,grave 60,lbrace 7b,lcub 7b,VerticalLine 7c,verbar 7c,vert 7c,rbrace 7d,rcub 7d,NonBreakingSpace a0,Dot a8," +
  "DoubleDot a8,die a8,strns af,DiacriticalAcute b4,CenterDot b7,centerdot b7,Cedilla b8,angst c5,Amacr 100,amacr 101,Abreve 102," +
  "abreve 103,Aogon 104,aogon 105,Cacute 106,cacute 107,Ccirc 108,ccirc 109,Cdot 10a,cdot 10b,Ccaron 10c,ccaron 10d,Dcaron 10e," +
  "dcaron 10f,Dstrok 110,dstrok 111,Emacr 112,emacr 113,Edot 116,edot 117,Eogon 118,eogon 119,Ecaron 11a,ecaron 11b,Gcirc 11c," +
  "gcirc 11d,Gbreve 11e,gbreve 11f,Gdot 120,gdot 121,Gcedil 122,Hcirc 124,hcirc 125,Hstrok 126,hstrok 127,Itilde 128,itilde 129," +
  "Imacr 12a,imacr 12b,Iogon 12e,iogon 12f,Idot 130,imath 131,inodot 131,IJlig 132,ijlig 133,Jcirc 134,jcirc 135,Kcedil 136," +
  "kcedil 137,kgreen 138,Lacute 139,lacute 13a,Lcedil 13b,lcedil 13c,Lcaron 13d,lcaron 13e,Lmidot 13f,lmidot 140,Lstrok 141," +
  "lstrok 142,Nacute 143,nacute 144,Ncedil 145,ncedil 146,Ncaron 147,ncaron 148,napos 149,ENG 14a,eng 14b,Omacr 14c,omacr 14d," +
  "Odblac 150,odblac 151,OElig 152,oelig 153,Racute 154,racute 155,Rcedil 156,rcedil 157,Rcaron 158,rcaron 159,Sacute 15a,sacute 15b," +
  "Scirc 15c,scirc 15d,Scedil 15e,scedil 15f,Scaron 160,scaron 161,Tcedil 162,tcedil 163,Tcaron 164,tcaron 165,Tstrok 166,tstrok 167," +
  "Utilde 168,utilde 169,Umacr 16a,umacr 16b,Ubreve 16c,ubreve 16d,Uring 16e,uring 16f,Udblac 170,udblac 171,Uogon 172,uogon 173," +
  "Wcirc 174,wcirc 175,Ycirc 176,ycirc 177,Yuml 178,Zacute 179,zacute 17a,Zdot 17b,zdot 17c,Zcaron 17d,zcaron 17e,fnof 192,imped 1b5," +
  "gacute 1f5,jmath 237,circ 2c6,Hacek 2c7,caron 2c7,Breve 2d8,breve 2d8,DiacriticalDot 2d9,dot 2d9,ring 2da,ogon 2db," +
  "DiacriticalTilde 2dc,tilde 2dc,DiacriticalDoubleAcute 2dd,dblac 2dd,DownBreve 311,Alpha 391,Beta 392,Gamma 393,Delta 394," +
  "Epsilon 395,Zeta 396,Eta 397,Theta 398,Iota 399,Kappa 39a,Lambda 39b,Mu 39c,Nu 39d,Xi 39e,Omicron 39f,Pi 3a0,Rho 3a1,Sigma 3a3," +
  "Tau 3a4,Upsilon 3a5,Phi 3a6,Chi 3a7,Psi 3a8,Omega 3a9,ohm 3a9,alpha 3b1,beta 3b2,gamma 3b3,delta 3b4,epsi 3b5,epsilon 3b5," +
  "zeta 3b6,eta 3b7,theta 3b8,iota 3b9,kappa 3ba,lambda 3bb,mu 3bc,nu 3bd,xi 3be,omicron 3bf,pi 3c0,rho 3c1,sigmaf 3c2,sigmav 3c2," +
  "varsigma 3c2,sigma 3c3,tau 3c4,upsi 3c5,upsilon 3c5,phi 3c6,chi 3c7,psi 3c8,omega 3c9,thetasym 3d1,thetav 3d1,vartheta 3d1," +
  "Upsi 3d2,upsih 3d2,phiv 3d5,straightphi 3d5,varphi 3d5,piv 3d6,varpi 3d6,Gammad 3dc,digamma 3dd,gammad 3dd,kappav 3f0," +
  "varkappa 3f0,rhov 3f1,varrho 3f1,epsiv 3f5,straightepsilon 3f5,varepsilon 3f5,IOcy 401,DJcy 402,GJcy 403,Jukcy 404,DScy 405," +
  "Iukcy 406,YIcy 407,Jsercy 408,LJcy 409,NJcy 40a,TSHcy 40b,KJcy 40c,Ubrcy 40e,DZcy 40f,Acy 410,Bcy 411,Vcy 412,Gcy 413,Dcy 414," +
  "IEcy 415,ZHcy 416,Zcy 417,Icy 418,Jcy 419,Kcy 41a,Lcy 41b,Mcy 41c,Ncy 41d,Ocy 41e,Pcy 41f,Rcy 420,Scy 421,Tcy 422,Ucy 423,Fcy 424," +
  "KHcy 425,TScy 426,CHcy 427,SHcy 428,SHCHcy 429,HARDcy 42a,Ycy 42b,SOFTcy 42c,Ecy 42d,YUcy 42e,YAcy 42f,acy 430,bcy 431,vcy 432," +
  "gcy 433,dcy 434,iecy 435,zhcy 436,zcy 437,icy 438,jcy 439,kcy 43a,lcy 43b,mcy 43c,ncy 43d,ocy 43e,pcy 43f,rcy 440,scy 441,tcy 442," +
  "ucy 443,fcy 444,khcy 445,tscy 446,chcy 447,shcy 448,shchcy 449,hardcy 44a,ycy 44b,softcy 44c,ecy 44d,yucy 44e,yacy 44f,iocy 451," +
  "djcy 452,gjcy 453,jukcy 454,dscy 455,iukcy 456,yicy 457,jsercy 458,ljcy 459,njcy 45a,tshcy 45b,kjcy 45c,ubrcy 45e,dzcy 45f," +
  "ensp 2002,emsp 2003,emsp13 2004,emsp14 2005,numsp 2007,puncsp 2008,ThinSpace 2009,thinsp 2009,VeryThinSpace 200a,hairsp 200a," +
  "NegativeMediumSpace 200b,NegativeThickSpace 200b,NegativeThinSpace 200b,NegativeVeryThinSpace 200b,ZeroWidthSpace 200b,zwnj 200c," +
  "zwj 200d,lrm 200e,rlm 200f,dash 2010,hyphen 2010,ndash 2013,mdash 2014,horbar 2015,OpenCurlyQuote 2018,lsquo 2018," +
  "CloseCurlyQuote 2019,rsquo 2019,rsquor 2019,lsquor 201a,sbquo 201a,OpenCurlyDoubleQuote 201c,ldquo 201c," +
  "CloseCurlyDoubleQuote 201d,rdquo 201d,rdquor 201d,bdquo 201e,ldquor 201e,prime 2032,lsaquo 2039,rsaquo 203a,MediumSpace 205f," +
  "NoBreak 2060,ApplyFunction 2061,af 2061,InvisibleTimes 2062,it 2062,InvisibleComma 2063,ic 2063,TripleDot 20db,tdot 20db," +
  "DotDot 20dc,Copf 2102,complexes 2102,gscr 210a,HilbertSpace 210b,Hscr 210b,hamilt 210b,Hfr 210c,Poincareplane 210c,Hopf 210d," +
  "quaternions 210d,planckh 210e,hbar 210f,hslash 210f,planck 210f,plankv 210f,Iscr 2110,imagline 2110,Ifr 2111,Im 2111,image 2111," +
  "imagpart 2111,Laplacetrf 2112,Lscr 2112,lagran 2112,ell 2113,Nopf 2115,naturals 2115,Popf 2119,primes 2119,Qopf 211a," +
  "rationals 211a,Rscr 211b,realine 211b,Re 211c,Rfr 211c,real 211c,realpart 211c,Ropf 211d,reals 211d,Zopf 2124,integers 2124," +
  "Zfr 2128,zeetrf 2128,Bernoullis 212c,Bscr 212c,bernou 212c,Cayleys 212d,Cfr 212d,escr 212f,Escr 2130,expectation 2130," +
  "Fouriertrf 2131,Fscr 2131,Mellintrf 2133,Mscr 2133,phmmat 2133,order 2134,orderof 2134,oscr 2134,alefsym 2135,aleph 2135," +
  "beth 2136,gimel 2137,daleth 2138,CapitalDifferentialD 2145,DD 2145,DifferentialD 2146,dd 2146,ExponentialE 2147,ee 2147," +
  "exponentiale 2147,ImaginaryI 2148,ii 2148,fflig fb00,filig fb01,fllig fb02,ffilig fb03,ffllig fb04,Ascr 1d49c,Cscr 1d49e," +
  "Dscr 1d49f,Gscr 1d4a2,Jscr 1d4a5,Kscr 1d4a6,Nscr 1d4a9,Oscr 1d4aa,Pscr 1d4ab,Qscr 1d4ac,Sscr 1d4ae,Tscr 1d4af,Uscr 1d4b0," +
  "Vscr 1d4b1,Wscr 1d4b2,Xscr 1d4b3,Yscr 1d4b4,Zscr 1d4b5,ascr 1d4b6,bscr 1d4b7,cscr 1d4b8,dscr 1d4b9,fscr 1d4bb,hscr 1d4bd," +
  "iscr 1d4be,jscr 1d4bf,kscr 1d4c0,lscr 1d4c1,mscr 1d4c2,nscr 1d4c3,pscr 1d4c5,qscr 1d4c6,rscr 1d4c7,sscr 1d4c8,tscr 1d4c9," +
  "uscr 1d4ca,vscr 1d4cb,wscr 1d4cc,xscr 1d4cd,yscr 1d4ce,zscr 1d4cf,Afr 1d504,Bfr 1d505,Dfr 1d507,Efr 1d508,Ffr 1d509,Gfr 1d50a," +
  "Jfr 1d50d,Kfr 1d50e,Lfr 1d50f,Mfr 1d510,Nfr 1d511,Ofr 1d512,Pfr 1d513,Qfr 1d514,Sfr 1d516,Tfr 1d517,Ufr 1d518,Vfr 1d519,Wfr 1d51a," +
  "Xfr 1d51b,Yfr 1d51c,afr 1d51e,bfr 1d51f,cfr 1d520,dfr 1d521,efr 1d522,ffr 1d523,gfr 1d524,hfr 1d525,ifr 1d526,jfr 1d527,kfr 1d528," +
  "lfr 1d529,mfr 1d52a,nfr 1d52b,ofr 1d52c,pfr 1d52d,qfr 1d52e,rfr 1d52f,sfr 1d530,tfr 1d531,ufr 1d532,vfr 1d533,wfr 1d534,xfr 1d535," +
  "yfr 1d536,zfr 1d537,Aopf 1d538,Bopf 1d539,Dopf 1d53b,Eopf 1d53c,Fopf 1d53d,Gopf 1d53e,Iopf 1d540,Jopf 1d541,Kopf 1d542,Lopf 1d543," +
  "Mopf 1d544,Oopf 1d546,Sopf 1d54a,Topf 1d54b,Uopf 1d54c,Vopf 1d54d,Wopf 1d54e,Xopf 1d54f,Yopf 1d550,aopf 1d552,bopf 1d553," +
  "copf 1d554,dopf 1d555,eopf 1d556,fopf 1d557,gopf 1d558,hopf 1d559,iopf 1d55a,jopf 1d55b,kopf 1d55c,lopf 1d55d,mopf 1d55e," +
  "nopf 1d55f,oopf 1d560,popf 1d561,qopf 1d562,ropf 1d563,sopf 1d564,topf 1d565,uopf 1d566,vopf 1d567,wopf 1d568,xopf 1d569," +
  "yopf 1d56a,zopf 1d56b";

/** The same for the names that browsers read without a semicolon, too. */
export const entityNamesWithoutSemicolon: string =
  "QUOT 22,quot 22,AMP 26,amp 26,LT 3c,lt 3c,GT 3e,gt 3e,nbsp a0,uml a8,ordf aa,laquo ab,shy ad,macr af,acute b4,micro b5,middot b7," +
  "cedil b8,ordm ba,raquo bb,Agrave c0,Aacute c1,Acirc c2,Atilde c3,Auml c4,Aring c5,AElig c6,Ccedil c7,Egrave c8,Eacute c9,Ecirc ca," +
  "Euml cb,Igrave cc,Iacute cd,Icirc ce,Iuml cf,ETH d0,Ntilde d1,Ograve d2,Oacute d3,Ocirc d4,Otilde d5,Ouml d6,Oslash d8,Ugrave d9," +
  "Uacute da,Ucirc db,Uuml dc,Yacute dd,THORN de,szlig df,agrave e0,aacute e1,acirc e2,atilde e3,auml e4,aring e5,aelig e6,ccedil e7," +
  "egrave e8,eacute e9,ecirc ea,euml eb,igrave ec,iacute ed,icirc ee,iuml ef,eth f0,ntilde f1,ograve f2,oacute f3,ocirc f4,otilde f5," +
  "ouml f6,oslash f8,ugrave f9,uacute fa,ucirc fb,uuml fc,yacute fd,thorn fe,yuml ff";
